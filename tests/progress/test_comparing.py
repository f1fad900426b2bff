"""What differs between two texts: nothing is lost, and what is the same is not shown as changed."""

from hypothesis import given
from hypothesis import strategies as st

from projects.progress.comparing import Kind, Piece, pieces

SIGNS = st.text(alphabet="主体施工至三四层，。 12", max_size=40)


def test_a_change_in_the_middle_stands_alone() -> None:
    assert pieces("主体施工至三层", "主体施工至四层，安装电梯") == [
        Piece(Kind.SAME, "主体施工至"),
        Piece(Kind.GONE, "三层"),
        Piece(Kind.NEW, "四层，安装电梯"),
    ]


def test_a_single_sign_in_common_does_not_break_a_change_up() -> None:
    kinds = [piece.kind for piece in pieces("基础开挖至底板", "主体封顶至外墙")]
    assert kinds == [Kind.GONE, Kind.NEW]


def test_the_same_text_is_one_piece() -> None:
    assert pieces("主体施工", "主体施工") == [Piece(Kind.SAME, "主体施工")]
    assert pieces("", "") == []


@given(SIGNS, SIGNS)
def test_the_pieces_give_both_texts(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(piece.text for piece in found if piece.kind is not Kind.GONE) == after
    assert "".join(piece.text for piece in found if piece.kind is not Kind.NEW) == before
    assert all(piece.text for piece in found)
