cd /work/main; unset PYTHONDONTWRITEBYTECODE; export PYTHONPYCACHEPREFIX=/tmp/pyc_run CCGSIM_CACHE=/tmp/cc_run PYTHONPATH=/work/run; cd /work/run; . .venv/bin/activate
mkdir -p /tmp/out; 
go() { name=$1; shift; [ -e /tmp/out/$name.done ] && return; s=$(date +%s); "$@" > /tmp/out/$name.log 2>&1; echo "$name rc=$? $(( $(date +%s)-s )) s" >> /tmp/out/queue.log; touch /tmp/out/$name.done; }
go v0 ccgsim validate --out /tmp/out/v0.json
go v8000 ccgsim validate --seed 8000 --out /tmp/out/v8000.json

