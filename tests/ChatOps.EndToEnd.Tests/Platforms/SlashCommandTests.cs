using ChatOps.Testing.Slack;

namespace ChatOps.EndToEnd.Platforms;

/// <summary>Slack's slash command, by both ways in: the real executable, signed calls, results through the bot token.</summary>
public sealed class SlashCommandTests
{
    [Fact]
    public async Task By_signed_call_a_read_answers_a_change_shows_its_card_and_the_button_runs_it()
    {
        await using var team = await Team.StartAsync(t => t.Settings["CHATOPS__Channels__Slack__Mode"] = "Http");
        using var slack = new SlackCaller(team);

        Assert.Equal(200, await slack.CallAsync("commands", slack.Signer.Command(SlackSaid.Command("run uptime --on local", "13.1.a"))));
        await team.UntilAsync(() => Room().Any(p => p.Shown.Contains("load average", StringComparison.Ordinal)), "The command got no answer");

        var file = team.In("by a slash command");
        var change = slack.Signer.Command(SlackSaid.Command($"run touch '{file}' --on local", "13.1.b"));
        Assert.Equal(200, await slack.CallAsync("commands", change));
        // The same call again, as somebody who recorded it would make it.
        await slack.CallAsync("commands", change);
        await team.UntilAsync(() => Room().Any(IsCard), "No card");
        var card = Room().Single(IsCard);
        Assert.False(File.Exists(file));

        Assert.Equal(200, await slack.CallAsync("interactions", slack.Signer.Interaction(SlackSaid.Press(card.Buttons[0], card, Team.Ana, "13.1.c"))));
        await team.UntilAsync(() => File.Exists(file), "It did not run");
        await team.UntilAsync(() => card.Buttons.Count == 0 && card.Shown.Contains("succeeded", StringComparison.Ordinal), "The card does not tell the outcome");
        Assert.Single(Room(), p => p.Shown.Contains("by a slash command", StringComparison.Ordinal));
        Assert.Empty(team.Slack.Violations);

        // A slow run has buttons too: to see its output, to stop it.
        static bool IsCard(SlackPost post) => post.Buttons.Count > 0 && post.Shown.Contains("by a slash command", StringComparison.Ordinal);
        IReadOnlyList<SlackPost> Room() => team.Slack.Workspace.In(Team.SlackRoom);
    }

    [Fact]
    public async Task By_socket_it_is_acknowledged_and_answered_in_the_channel()
    {
        await using var team = await Team.StartAsync();
        await team.ConnectedAsync();
        Assert.NotNull(await team.Slack.Sockets.DeliverAsync("slash_commands", SlackSaid.Command("run uptime --on local", "13.1.a")));
        await team.UntilAsync(() => team.Slack.Workspace.In(Team.SlackRoom).Any(p => p.Shown.Contains("load average", StringComparison.Ordinal)), "The command got no answer");
        Assert.Empty(team.Slack.Violations);
    }
}
