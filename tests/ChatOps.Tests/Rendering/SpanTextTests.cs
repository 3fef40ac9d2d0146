using ChatOps.Rendering;

namespace ChatOps.Tests.Rendering;

public sealed class SpanTextTests
{
    [Theory]
    [InlineData(-5, "0 s", "0 seconds")]
    [InlineData(1, "1 s", "1 second")]
    [InlineData(119.9, "119 s", "119 seconds")]
    [InlineData(120, "2 min", "2 minutes")]
    [InlineData(7_199, "119 min", "119 minutes")]
    [InlineData(7_200, "2 h", "2 hours")]
    [InlineData(172_799, "47 h", "47 hours")]
    [InlineData(172_800, "2 d", "2 days")]
    public void A_length_is_said_in_the_largest_unit_of_which_there_are_two(double seconds, string shortly, string words)
    {
        var span = TimeSpan.FromSeconds(seconds);
        Assert.Equal((shortly, words), (SpanText.Of(span), SpanText.Words(span)));
    }
}
