"""A compiled rule: complete machine code if Python calls it, linkable code if only other rules call it.

Numba gives each function machine code and a wrapper for Python. Most rules are called only by other rules, which link
them in; for those LLVM code is enough, which reduces the compilation time of a run to two thirds (docs/decisions/0021).
Only rules called from Python are cached on disk. The classes below use Numba's extension points: a dispatcher, a
pipeline, a lowering pass and a code library.
"""

from __future__ import annotations

import itertools
import os
from pathlib import Path
from typing import Any, ClassVar

from numba.core import bytecode, caching, compiler, config, funcdesc, sigutils, typed_passes, types, typing
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler_machinery import register_pass
from numba.core.dispatcher import _FunctionCompiler  # type: ignore[attr-defined]
from numba.core.lowering import Lower
from numba.core.registry import CPUDispatcher

from ccgsim.foundation.meaning import PACKAGE

Types = tuple[Any, ...]
# No rule is called through a C pointer: without the C wrapper rules compile and load faster.
OPTIONS = {"nopython": True, "nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}
# Numba numbers functions within a process: functions compiled by different processes need different names.
bytecode.FunctionIdentity._unique_ids = itertools.count(os.getpid() << 32)


class _Place(caching._CacheLocator):
    """Rules of the package are cached together in a folder named after their sources and the platform."""

    def __init__(self, module: str) -> None:
        self._module = module

    def get_cache_path(self) -> str:
        return str(config.CACHE_DIR)

    def get_source_stamp(self) -> str:
        return ""

    def get_disambiguator(self) -> str:
        return self._module

    @classmethod
    def from_function(cls, py_func: Any, py_file: str) -> _Place | None:
        """The cache location of a rule of this package; None for other functions, which Numba caches as usual."""
        return cls(py_func.__module__) if Path(py_file).is_relative_to(PACKAGE) else None


class _Kept(caching.CompileResultCacheImpl):
    _locator_classes: ClassVar[list[Any]] = [_Place, *caching.CompileResultCacheImpl._locator_classes]


class _Cache(caching.FunctionCache):
    _impl_class = _Kept

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """The cached rule; None if there is none or it is damaged: it is then compiled again."""
        try:
            return super().load_overload(sig, target_context)
        except Exception:  # a damaged pickle may raise anything
            self.flush()
            return None


class Rule(CPUDispatcher):
    """A function that Numba compiles for Python and, separately, for the rules that call it."""

    def __init__(self, py_func: Any, locals: Any = None, targetoptions: Any = None) -> None:
        super().__init__(py_func, locals, targetoptions)
        about = (py_func, self.targetdescr, self.targetoptions, self.locals)
        self._compiler = _Compiler(*about, compiler.Compiler)
        self._part_compiler = _Compiler(*about, _PartPipeline)
        self._parts: dict[Types, Any] = {}

    @classmethod
    def of(cls, function: Any, **options: Any) -> Rule:
        """The rule of a function, cached on disk once compiled."""
        rule = cls(function, targetoptions=OPTIONS | options)
        rule._cache = _Cache(function)
        return rule

    def get_call_template(self, args: Types, kws: dict[str, Any]) -> Any:
        """Called while a calling rule is typed: compiles this rule for these types as a part.

        Integer literals are treated as integers: Numba would compile the rule again for each literal.
        """
        pysig, args = self._compiler.fold_argument_types(args, kws)
        args = tuple(types.unliteral(kind) for kind in args)  # type: ignore[attr-defined]
        if args not in self.overloads and args not in self._parts:
            self._parts[args] = self._part_compiler.compile(args, None)
        name = self.py_func.__name__
        known = [result.signature for result in (*self._parts.values(), *self.overloads.values())]
        return typing.make_concrete_template(f"CallTemplate({name})", key=name, signatures=known), pysig, args, {}

    def get_overload(self, sig: Any) -> Any:
        """Called while a calling rule is lowered: the name of the code for these types."""
        args, _ = sigutils.normalize_signature(sig)
        return (self.overloads.get(args) or self._parts[args]).entry_point

    def add_overload(self, cres: Any) -> None:
        """Register complete compiled code, and set the addresses of its parts' environments."""
        super().add_overload(cres)
        for environment in cres._find_referenced_environments():
            cres.codegen.set_env(environment.env_name, environment)


class _Flags(compiler.Flags):
    """Numba's flags with fast lookup: typing looks them up for each call, and the original compares all forty."""

    __slots__ = ()

    def __hash__(self) -> int:
        return 0  # no worse than the original, which hashes only the options' names

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Flags) and self._values == other._values


class _Compiler(_FunctionCompiler):
    """Numba's compiler with fast flags."""

    def _compile_core(self, args: Types, return_type: Any) -> Any:
        flags = _Flags()
        self.targetdescr.options.parse_as_flags(flags, self.targetoptions)
        return compiler.compile_extra(
            self.targetdescr.typing_context,
            self.targetdescr.target_context,
            self.py_func,
            args=args,
            return_type=return_type,
            flags=flags,
            locals=self.locals,
            pipeline_class=self.pipeline_class,
        )


class _Part(JITCodeLibrary):
    """Code to be linked; optimised and turned into machine code in the rule that links it."""

    def _optimize_functions(self, ll_module: Any) -> None:
        ll_module.data_layout = self._codegen._data_layout

    def finalize(self) -> None:
        """Link nothing: the rule that links this code also links what it needs, each once."""
        self._finalized = True

    def needed(self) -> list[Any]:
        """This code and all code that it calls, each once."""
        return list(dict.fromkeys([self, *self._linking_libraries]))


@register_pass(mutates_CFG=True, analysis_only=False)
class _PartLowering(typed_passes.NativeLowering):
    """Numba's last pass, without machine code and without a Python wrapper."""

    _name = "part_lowering"

    def run_pass(self, state: Any) -> bool:
        """Put the code into its own library and register it with the compiler's context for callers."""
        target, flags = state.targetctx, state.flags
        library = state.library = _Part(target.codegen(), state.func_id.func_qualname)
        description = funcdesc.PythonFunctionDescriptor.from_specialized_function(
            state.func_ir,
            state.typemap,
            state.return_type,
            state.calltypes,
            mangler=target.mangler,
            inline=flags.forceinline,
            noalias=flags.noalias,
            abi_tags=[flags.get_mangle_string()],
        )
        with target.push_code_library(library):
            lower = Lower(target, library, description, state.func_ir, metadata=state.metadata)
            lower.lower()
        name = object()
        target.insert_user_function(name, description, library.needed())
        state.reload_init.extend(library._reload_init)
        state["cr"] = compiler._LowerResult(description, lower.call_helper, cfunc=name, env=lower.env)
        return True


class _PartPipeline(compiler.CompilerBase):
    """Numba's passes, with another last pass."""

    def define_pipelines(self) -> list[Any]:
        """The single pipeline of a part."""
        passes = compiler.DefaultPassBuilder.define_nopython_pipeline(self.state)
        last = typed_passes.NativeLowering
        passes.passes = [(_PartLowering if step is last else step, about) for step, about in passes.passes]
        passes.finalize()
        return [passes]
