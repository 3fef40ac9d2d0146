using ChatOps.Channels.Discord;
using ChatOps.Testing;

namespace ChatOps.Channels.Tests.Discord;

/// <summary>When the next call may be made.</summary>
public sealed class RateLimitsTests
{
    private readonly FakeTimeProvider time = new();
    private readonly RateLimits limits;

    public RateLimitsTests() => limits = new RateLimits(time);

    [Fact]
    public void An_empty_bucket_is_waited_for_to_the_fraction_and_others_are_not_meant()
    {
        var route = Post("1");
        limits.Note(route, Headers("abc", 5, 0, 0.35));
        Assert.Equal(TimeSpan.FromSeconds(0.35), limits.Reserve(route, passing: false));
        Assert.Equal(TimeSpan.Zero, limits.Reserve(Post("2"), passing: false));
        time.Advance(TimeSpan.FromSeconds(0.35));
        Assert.Equal(TimeSpan.Zero, limits.Reserve(route, passing: false));
    }

    [Fact]
    public void Routes_that_share_a_hash_share_the_bucket_of_one_channel()
    {
        var edit = RestRoute.Channel(HttpMethod.Patch, "1", "/messages/{}", "9");
        limits.Note(Post("1"), Headers("abc", 5, 3, 10));
        limits.Note(edit, Headers("abc", 5, 0, 10));
        Assert.True(limits.Reserve(Post("1"), passing: false) > TimeSpan.Zero);
    }

    [Fact]
    public void Calls_on_their_way_count_and_an_answer_that_comes_late_does_not_give_places_back()
    {
        var route = Post("1");
        limits.Note(route, Headers("abc", 3, 2, 10));
        Assert.Equal(TimeSpan.Zero, limits.Reserve(route, passing: false));
        Assert.Equal(TimeSpan.Zero, limits.Reserve(route, passing: false));
        limits.Note(route, Headers("abc", 3, 1, 10));
        Assert.True(limits.Reserve(route, passing: false) > TimeSpan.Zero);
    }

    [Fact]
    public void What_passes_leaves_the_last_place_to_what_lasts()
    {
        var route = Post("1");
        limits.Note(route, Headers("abc", 5, 1, 10));
        Assert.True(limits.Reserve(route, passing: true) > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, limits.Reserve(route, passing: false));
    }

    [Fact]
    public void All_calls_together_stay_below_the_global_limit_and_interactions_stand_beside_it()
    {
        for (var i = 0; i < RateLimits.GlobalPerSecond; i++) Assert.Equal(TimeSpan.Zero, limits.Reserve(Post($"{i}"), passing: false));
        Assert.True(limits.Reserve(Post("x"), passing: false) > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, limits.Reserve(RestRoute.Interaction(HttpMethod.Post, "interactions/{}/{}/callback", "1", "t"), passing: false));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, limits.Reserve(Post("x"), passing: false));
    }

    [Fact]
    public void Before_the_address_would_be_banned_nothing_is_sent_until_the_window_is_over()
    {
        for (var i = 0; i < RateLimits.MaxInvalid; i++) limits.NoteInvalid();
        Assert.Equal(RateLimits.InvalidWindow, limits.Reserve(Post("1"), passing: false));
        time.Advance(RateLimits.InvalidWindow);
        Assert.Equal(TimeSpan.Zero, limits.Reserve(Post("1"), passing: false));
        Assert.Equal(0, limits.Invalid);
    }

    [Fact]
    public void Many_channels_do_not_grow_what_is_remembered_without_bound()
    {
        for (var i = 0; i < RateLimits.MaxBuckets * 3; i++)
        {
            var route = Post($"{i}");
            limits.Note(route, Headers("abc", 5, 4, 1));
            time.Advance(TimeSpan.FromMilliseconds(5));
        }

        Assert.Equal(TimeSpan.Zero, limits.Reserve(Post("1"), passing: false));
    }

    private static RestRoute Post(string channel) => RestRoute.Channel(HttpMethod.Post, channel, "/messages");

    private static RateHeaders Headers(string bucket, int limit, int remaining, double resetAfter) => new(bucket, limit, remaining, TimeSpan.FromSeconds(resetAfter), "user", false, null);
}
