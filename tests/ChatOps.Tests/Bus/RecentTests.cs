using ChatOps.Bus;

namespace ChatOps.Tests.Bus;

public sealed class RecentTests
{
    [Fact]
    public void The_oldest_makes_room_and_a_newer_value_of_an_id_counts()
    {
        var recent = new Recent<int>(2);
        recent.Note("a", 1);
        recent.Note("b", 2);
        recent.Note("b", 3);
        recent.Note("c", 4);

        Assert.False(recent.TryGet("a", out _));
        Assert.Equal((true, 3), (recent.TryGet("b", out var b), b));
        Assert.Equal((true, 4), (recent.TryGet("c", out var c), c));
    }

    [Fact]
    public void What_was_taken_and_noted_again_is_as_new_as_any()
    {
        var recent = new Recent<int>(2);
        recent.Note("a", 1);
        recent.Note("b", 2);
        Assert.True(recent.TryTake("a", out _));
        Assert.False(recent.TryTake("a", out _));
        recent.Note("a", 3);
        recent.Note("c", 4);

        Assert.False(recent.TryGet("b", out _));
        Assert.Equal((true, 3), (recent.TryGet("a", out var a), a));
    }
}
