using System.Text.RegularExpressions;
using ChatOps.Testing.Discord;
using ChatOps.Testing.Slack;
using ChatOps.Testing.Telegram;

namespace ChatOps.EndToEnd.Platforms;

/// <summary>Somebody whom nobody knows, in each place: one code, nothing done, and let in by an admin.</summary>
public sealed partial class StrangerTests
{
    private const string Grace = "U2";
    private static readonly TelegramPerson Tom = new(1009, "Tom");

    [Fact]
    public async Task A_stranger_gets_one_code_nothing_of_theirs_runs_and_after_pairing_they_are_served()
    {
        await using var team = await Team.StartAsync();
        await team.ConnectedAsync();
        team.Slack.Workspace.Direct(Grace);
        var toms = team.Telegram.Direct(Tom);
        var eves = team.Discord.DirectOf(DiscordServer.Eve);

        SayEverywhere($"/run touch '{team.In("theirs")}' --on local");
        await team.UntilAsync(() => Codes().All(c => c is not null), "Not everybody got a code");
        var codes = Codes();
        Assert.Equal(3, codes.Distinct().Count());

        // Whoever asks again gets no second answer; what is said after that is the measure of it.
        SayEverywhere("/whoami");
        SayEverywhere($"/run touch '{team.In("theirs")}' --on local");
        team.BenSays("/whoami");
        await team.UntilAsync(() => team.ToBen.Any(p => p.Text.Contains("operator", StringComparison.Ordinal)), "Ben got no answer");
        await team.UntilAsync(() => team.Gateway.CallAsync("status", new { }).Result.ToJsonString().Contains("No message waits.", StringComparison.Ordinal), "Messages wait");
        Assert.Equal([1, 1, 1], Said().Select(s => s.Count));
        Assert.Empty((await team.Gateway.CallAsync("approvals_list", new { state = "pending" }))["result"]!.AsArray());

        foreach (var (code, person) in codes.Zip(["grace", "tom", "eve"]))
        {
            var asked = await team.Cli.RunAsync("access", "pair", "approve", code!, "--role", "operator", "--person", person, "--no-wait");
            Assert.True(asked.ExitCode == 4, asked.ToString());
            var approved = await team.Cli.RunAsync("approvals", "approve", await team.WaitingAsync($"--person {person}"));
            Assert.True(approved.ExitCode == 0, approved.ToString());
        }

        await team.UntilAsync(() => Said().All(s => s.Any(t => t.Contains("You are let in as", StringComparison.Ordinal))), "Not everybody was told that they are let in");
        SayEverywhere("/run uptime --on local");
        await team.UntilAsync(() => Said().All(s => s.Any(t => t.Contains("load average", StringComparison.Ordinal))), "Not everybody is served");
        Assert.False(File.Exists(team.In("theirs")));
        Assert.Contains("grace", (await team.Cli.RunAsync("access", "people")).Output, StringComparison.Ordinal);

        void SayEverywhere(string text)
        {
            _ = team.Slack.Sockets.DeliverAsync("events_api", SlackSaid.Direct(text, team.Slack.Workspace.NewTs(), "D" + Grace, Grace));
            team.Telegram.Say(toms, Tom, text);
            team.Discord.Say(eves, DiscordServer.Eve, text);
        }

        List<List<string>> Said() =>
        [
            [.. team.Slack.Workspace.In("D" + Grace).Select(p => p.Shown)],
            [.. toms.Posts.Where(p => p.From is null).Select(p => p.Text)],
            [.. team.Discord.Seen(eves).Select(p => p.Text)],
        ];

        List<string?> Codes() => [.. Said().Select(s => s.Select(t => Code().Match(t)).FirstOrDefault(m => m.Success)?.Groups[1].Value)];
    }

    [Fact]
    public async Task An_admin_lets_somebody_in_by_pressing_a_button_of_the_card_that_asks()
    {
        await using var team = await Team.StartAsync(t => t.Roles("ben", "admin"));
        await team.ConnectedAsync();
        // Admins are asked where they were last in private.
        team.BenSays("/whoami");
        await team.UntilAsync(() => team.ToBen.Any(p => p.Text.Contains("admin", StringComparison.Ordinal)), "Ben got no answer");

        var toms = team.Telegram.Direct(Tom);
        team.Telegram.Say(toms, Tom, "/nodes");
        await team.UntilAsync(() => team.ToBen.Any(p => p.Text.Contains("asks to be let in", StringComparison.Ordinal) && p.Buttons.Count > 0), "Ben was not asked");
        var card = team.ToBen.Last(p => p.Buttons.Count > 0);
        var button = card.Buttons.SelectMany(row => row).Single(b => b.Text.Contains("Let in as viewer", StringComparison.Ordinal));
        team.Telegram.Press(team.BensChat, team.Ben, card.Id, button.Data);

        await team.UntilAsync(() => ToTom().Any(t => t.Contains("You are let in as", StringComparison.Ordinal)), "Tom was not told that he is let in");
        await team.UntilAsync(() => team.ToBen.Any(p => p.Id == card.Id && p.Buttons.Count == 0 && p.Text.Contains("with the role viewer by ben", StringComparison.Ordinal)), "The card does not tell who let him in");
        team.Telegram.Say(toms, Tom, "/whoami");
        await team.UntilAsync(() => ToTom().Any(t => t.Contains("viewer", StringComparison.Ordinal) && t.Contains("tom", StringComparison.Ordinal) && !t.Contains("let in", StringComparison.Ordinal)), "Tom is not served");
        Assert.Contains("tom", (await team.Cli.RunAsync("access", "people")).Output, StringComparison.Ordinal);

        IEnumerable<string> ToTom() => toms.Posts.Where(p => p.From is null).Select(p => p.Text);
    }

    [GeneratedRegex("access pair approve ([A-Z0-9]{8}) --role")]
    private static partial Regex Code();
}
