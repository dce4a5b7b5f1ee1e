"""Betweenness is that of networkx, follows the flow of knowledge, and names one broker."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccgsim.foundation.vocabulary import PCT_STAFF, PROVIDER
from ccgsim.measures.betweenness import betweenness, board_betweenness, most_central_board_member, pivots_for
from ccgsim.world.state import World

from .builders import Plan, luck, made_up, person

EXACT = 1e-12
PIVOT_TOLERANCE = 0.1  # largest error over the largest value, in a graph with hubs; eight such graphs had .02 to .06


def compressed(graph: nx.DiGraph) -> tuple[np.ndarray, np.ndarray]:
    rows = [sorted(graph.successors(node)) for node in range(len(graph))]
    first = np.cumsum([0, *map(len, rows)])
    return first.astype(np.int64), np.array([j for row in rows for j in row], np.int64)


def random_graph(seed: int, nodes: int, arcs: int) -> nx.DiGraph:
    graph = nx.empty_graph(nodes, create_using=nx.DiGraph)
    chance = luck(seed, 7, 2 * arcs).reshape(arcs, 2) * nodes
    graph.add_edges_from((int(i), int(j)) for i, j in chance if int(i) != int(j))
    return graph


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 40), st.integers(0, 160))
def test_betweenness_is_that_of_networkx(seed: int, nodes: int, arcs: int) -> None:
    graph = random_graph(seed, nodes, arcs)
    expected = nx.betweenness_centrality(graph)
    found = betweenness(*compressed(graph), pivots_for(nodes))
    assert np.allclose(found, [expected[n] for n in range(nodes)], rtol=0, atol=EXACT)


def test_pivots_are_few_only_in_large_graphs() -> None:
    assert (pivots_for(1), pivots_for(1000), pivots_for(1001)) == (1, 1000, 256)


def graph_with_hubs(seed: int, nodes: int, arcs: int) -> nx.DiGraph:
    graph = nx.empty_graph(nodes, create_using=nx.DiGraph)
    chance = luck(seed, 8, 2 * arcs).reshape(arcs, 2)
    graph.add_edges_from((int(i), int(j)) for i, j in nodes * chance * chance if int(i) != int(j))
    return graph


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_pivots_come_near_the_exact_values(seed: int) -> None:
    graph = compressed(graph_with_hubs(seed, 1200, 6000))
    exact, estimate = betweenness(*graph, 1200), betweenness(*graph, pivots_for(1200))
    assert 0 < np.abs(exact - estimate).max() < PIVOT_TOLERANCE * exact.max()
    assert np.corrcoef(exact, estimate)[0, 1] > 0.98
    assert np.argmax(exact) == np.argmax(estimate)


def flow_of(world: World) -> nx.DiGraph:
    """The ties with an end on the board, inside one CCG, from adviser to seeker."""
    actors = world.actors
    graph = nx.DiGraph()
    graph.add_nodes_from(np.flatnonzero(actors.board == 1).tolist())
    for tie in world.ties:
        i, j = tie.source, tie.target
        if actors.ccg[i] == actors.ccg[j] and (actors.board[i] == 1 or actors.board[j] == 1):
            graph.add_edge(int(j), int(i))
    return graph


def test_the_boards_graph_is_the_board_and_its_direct_contacts() -> None:
    world = made_up(seed=5)
    expected = nx.betweenness_centrality(flow_of(world))
    found = board_betweenness(world)
    assert np.allclose(found, [expected.get(i, 0.0) for i in range(len(world.actors))], rtol=0, atol=EXACT)
    assert found.max() > 0


def test_each_ccg_is_measured_on_its_own() -> None:
    alone, among = made_up(seed=5), made_up(seed=5, ccgs=3)
    assert np.array_equal(board_betweenness(alone), board_betweenness(among)[: len(alone.actors)])


def chain(*ties: tuple[int, int]) -> Plan:
    people = [person(board=1), person(board=1), person(board=1), person(PCT_STAFF), person(PROVIDER)]
    return Plan(people, [(i, j, 0.5) for i, j in ties])


def test_knowledge_flows_from_adviser_to_seeker() -> None:
    """Seat-holder 2 asks 1, who asks the provider: what the provider knows reaches 2 through 1."""
    world = chain((2, 1), (1, 4)).world()
    assert board_betweenness(world).tolist() == [0, 1 / (3 * 2), 0, 0, 0]
    assert most_central_board_member(world, 0) == world.actors.key[1]


def test_an_outsider_may_lie_between_but_is_no_broker_of_the_board() -> None:
    world = chain((2, 3), (3, 1), (0, 4)).world()
    assert board_betweenness(world)[3] > 0
    assert most_central_board_member(world, 0) == world.actors.key[0]


def test_of_equals_the_smaller_key_is_most_central() -> None:
    world = chain((0, 1), (1, 0), (0, 2), (2, 0), (1, 2), (2, 1)).world()
    assert most_central_board_member(world, 0) == world.actors.key[0]


def test_an_empty_board_has_no_broker() -> None:
    assert most_central_board_member(Plan([person()]).world(), 0) == -1


@pytest.mark.parametrize("ccg", [0, 1, 2])
def test_the_broker_of_a_ccg_is_one_of_its_own(ccg: int) -> None:
    world = made_up(seed=2, ccgs=3)
    row = world.row_of(most_central_board_member(world, ccg))
    here = (world.actors.ccg == ccg) & (world.actors.board == 1)
    assert here[row]
    assert board_betweenness(world)[row] == board_betweenness(world)[here].max()


def test_a_tie_to_another_ccg_leaves_a_board_as_it_is() -> None:
    people = [person(board=1), person(board=1), person(board=1), *[person(ccg=1) for _ in range(3)]]
    ties = [(0, 1, 0.5), (1, 2, 0.5)]
    alone, across = (Plan(people, [*ties, *more], ccgs=[{}, {}]).world() for more in ([], [(2, 5, 0.5), (5, 0, 0.5)]))
    assert board_betweenness(across).tolist() == board_betweenness(alone).tolist() == [0, 1 / (2 * 1), 0, 0, 0, 0]
