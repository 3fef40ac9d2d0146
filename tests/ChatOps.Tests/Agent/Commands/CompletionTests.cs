using ChatOps.Agent.Commands;
using ChatOps.Tests.Agent.Fakes;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Tests.Agent.Commands;

public class CompletionTests
{
    private static readonly People People = new();

    private static readonly CommandCompletion Completion = new(new VisibleCommands(Line.Grammar, People), new CompletionValues(new SomeNodes(), People, People));

    [Theory]
    [InlineData("/ru", "/run |/runbook |/runbooks ")]
    [InlineData("/app", "/approvals |/approve ")]
    [InlineData("/audit ", "/audit export |/audit list |/audit show |/audit verify ")]
    [InlineData("/audit ve", "/audit verify ")]
    [InlineData("/access token ", "/access token create |/access token list |/access token revoke ")]
    [InlineData("/help aud", "/help audit ")]
    [InlineData("/help audit ve", "/help audit verify ")]
    [InlineData("/run uptime ", "/run uptime --on ")]
    [InlineData("/run uptime --on ", "/run uptime --on db-1 |/run uptime --on local |/run uptime --on web-1 |/run uptime --on web-2 |/run uptime --on env=prod |/run uptime --on env=stage |/run uptime --on role=db |/run uptime --on role=web |/run uptime --on all ")]
    [InlineData("/run uptime --on we", "/run uptime --on web-1 |/run uptime --on web-2 ")]
    [InlineData("/run uptime --on env=prod,ro", "/run uptime --on env=prod,role=db |/run uptime --on env=prod,role=web ")]
    [InlineData("/run uptime --on=lo", "/run uptime --on=local ")]
    [InlineData("/run uptime --on local --t", "/run uptime --on local --tag |/run uptime --on local --timeout ")]
    [InlineData("/run --env ", "/run --env prod |/run --env stage ")]
    [InlineData("/run up", "")]
    [InlineData("/run uptime --on local ", "")]
    [InlineData("/run -- ls --o", "")]
    [InlineData("/audit export --format ", "/audit export --format jsonl |/audit export --format csv ")]
    [InlineData("/audit export --format=c", "/audit export --format=csv ")]
    [InlineData("/approve 7F3K2M --", "/approve 7F3K2M --reason |/approve 7F3K2M --grant-for ")]
    [InlineData("/access grant a", "/access grant ana ")]
    [InlineData("/access grant ana o", "/access grant ana operator ")]
    [InlineData("/nodes lo", "/nodes local ")]
    [InlineData("run", "")]
    [InlineData("/zzz", "")]
    public void A_line_goes_on_with_what_fits_there(string text, string expected)
    {
        var items = Completion.Complete(text, text.Length, People.Ana);
        Assert.Equal(expected, string.Join('|', items.Select(i => text[..i.Start] + i.Insert + text[(i.Start + i.Length)..])));
        Assert.All(items, i => Assert.True(i.Label.Length > 0 && i.Help.Length > 0));
    }

    [Fact]
    public void Only_the_piece_at_the_cursor_is_replaced()
    {
        var item = Assert.Single(Completion.Complete("/run uptime --on loc --timeout 5s", 20, People.Ana));
        Assert.Equal((17, 3, "local "), (item.Start, item.Length, item.Insert));
    }

    [Fact]
    public void Commands_that_the_person_could_not_use_are_not_offered()
    {
        var viewer = new People { Allowed = group => group == "audit" };
        var completion = new CommandCompletion(new VisibleCommands(Line.Grammar, viewer), new CompletionValues(new SomeNodes(), viewer, viewer));
        Assert.Empty(completion.Complete("/run", 4, People.Ana));
        Assert.Equal(["/audit", "/access", "/halt", "/help", "/job", "/new", "/plan", "/policy", "/result", "/stop", "/whoami"], completion.Complete("/", 1, People.Ana).Select(i => i.Label).OrderBy(l => l != "/audit").ThenBy(l => l));
    }

    [Fact]
    public void Any_text_with_any_cursor_is_completed_within_its_bounds() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll<NonNull<string>, int>((text, cursor) =>
            new[] { text.Get, "/" + text.Get, "/run " + text.Get, "/audit export " + text.Get }.All(line =>
                Completion.Complete(line, cursor % (line.Length + 2), People.Ana).All(i => i.Start >= 1 && i.Length >= 0 && i.Start + i.Length <= line.Length))));
}
