using ChatOps.Checks;
using ChatOps.Checks.Files;
using ChatOps.Checks.States;

namespace ChatOps.Tests.Checks;

public sealed class MutingTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly CheckDefinition Web = SomeChecks.Of("name: web, kind: http, url: 'http://x', depends_on: [net]");

    [Theory]
    [InlineData("02:00", "04:00", "2026-03-01T01:30:00Z", true)]
    [InlineData("02:00", "04:00", "2026-03-01T00:59:59Z", false)]
    [InlineData("02:00", "04:00", "2026-03-01T03:00:00Z", false)]
    [InlineData("23:00", "01:00", "2026-03-01T22:30:00Z", true)]
    [InlineData("23:00", "01:00", "2026-03-01T23:30:00Z", true)]
    [InlineData("23:00", "01:00", "2026-02-28T23:30:00Z", false)]
    public void A_window_is_open_in_its_zone_on_the_day_on_which_it_begins(string from, string to, string now, bool open)
    {
        // Berlin is an hour ahead; the first of March 2026 is a Sunday.
        var check = SomeChecks.Of($"name: a, kind: memory, on: all, maintenance: [{{ days: [sun], from: '{from}', to: '{to}', zone: Europe/Berlin }}]");

        Assert.Equal(open, check.Maintenance[0].Covers(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("web", null, true)]
    [InlineData(CheckSilence.EveryCheck, null, true)]
    [InlineData("web", "gateway", true)]
    [InlineData("web", "web-2", false)]
    [InlineData("other", null, false)]
    public void A_silence_covers_what_it_names_and_ends(string check, string? target, bool covers)
    {
        var silence = new CheckSilence(check, target, Now.AddHours(1), "ana", "disk work");

        Assert.Equal(covers, Muting.Of(new("web", "gateway"), Web, [silence], _ => null, Now) is { } why && why.Contains("ana", StringComparison.Ordinal));
        Assert.Null(Muting.Of(new("web", "gateway"), Web, [silence], _ => null, Now.AddHours(1)));
    }

    [Theory]
    [InlineData(CheckLevel.Critical, true)]
    [InlineData(CheckLevel.Unknown, true)]
    [InlineData(CheckLevel.Warning, false)]
    [InlineData(CheckLevel.Ok, false)]
    public void A_failing_dependency_silences_and_one_that_warns_does_not(CheckLevel level, bool silent)
    {
        var state = new CheckState { Key = new("net", CheckKey.Gateway), Kind = "tcp", Level = level };

        Assert.Equal(silent, Muting.Of(new("web", "gateway"), Web, [], key => key == state.Key ? state : null, Now) is not null);
    }

    [Fact]
    public void A_node_that_is_away_silences_what_is_looked_at_there()
    {
        var away = new CheckState { Key = new("node", "web-1"), Kind = "node", Level = CheckLevel.Unknown };

        Assert.Contains("web-1 is away", Muting.Of(new("web", "web-1"), Web, [], key => key == away.Key ? away : null, Now), StringComparison.Ordinal);
        Assert.Null(Muting.Of(new("web", "web-2"), Web, [], key => key == away.Key ? away : null, Now));
    }
}
