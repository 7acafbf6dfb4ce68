"""What is asked first stands for many, and nothing is asked twice."""

import numpy as np
from scipy import sparse

from models.teaching import likeness, teaching_order

GROUPS = sparse.csr_matrix(np.repeat(np.eye(4, dtype=np.float32), (5, 3, 1, 1), axis=0))
"""Ten parts: five alike, three alike, two alone."""


def test_the_many_come_first_and_each_kind_once():
    order = teaching_order(GROUPS, np.ones(10), 4)
    assert order[0] in range(5)
    assert order[1] in range(5, 8)
    assert set(order[2:]) == {8, 9}


def test_doubt_counts():
    doubt = np.array([0.01] * 5 + [0.9] * 3 + [0.5, 0.5])
    assert teaching_order(GROUPS, doubt, 1)[0] in range(5, 8)


def test_what_was_decided_is_not_asked_nor_what_it_stands_for():
    order = teaching_order(GROUPS, np.ones(10), 20, known=np.array([0, 5]))
    assert set(order[:2]) == {8, 9}
    assert len(order) == len(set(order)) == 8


def test_little_in_common_is_nothing():
    rows = sparse.csr_matrix(np.array([[1, 0.1], [0, 1]], dtype=np.float32))
    assert likeness(rows)[0, 1] == 0
    assert likeness(rows)[0, 0] > 0.99
