using ChatOps.Testing.Discord;
using ChatOps.Testing.Slack;
using ChatOps.Testing.Telegram;

namespace ChatOps.EndToEnd.Platforms;

/// <summary>What goes wrong between the gateway and the platforms while people work.</summary>
public sealed class TroubleTests
{
    private const int Questions = 8;
    private const string SendToDiscord = "POST channels/{}/messages";

    [Fact]
    public async Task After_an_outage_every_answer_comes_once_and_in_order()
    {
        await using var team = await Team.StartAsync();
        await team.ConnectedAsync();
        var cleos = team.Discord.DirectOf(Team.Cleo);

        team.Telegram.Fail(new TelegramFault { Method = "sendMessage", Status = 502, Body = "<html>Bad Gateway</html>", Times = 3 });
        team.Telegram.Fail(TelegramFault.Internal("sendMessage"));
        team.Telegram.Fail(TelegramFault.TooFast(3, times: 1));
        team.Telegram.Fail(new TelegramFault { Method = "getUpdates", Status = 502, Body = "<html>Bad Gateway</html>", Times = 2 });
        team.Slack.Script("chat.postMessage", SlackFault.Http(500), SlackFault.Http(502), SlackFault.Http(503), SlackFault.Limited("3"), SlackFault.Dropped());
        team.Discord.Fault(new DiscordFault(SendToDiscord) { Status = 502 }, times: 7);
        team.Discord.Fault(new DiscordFault(SendToDiscord)
        {
            Status = 429, Body = """{"message":"You are being rate limited.","retry_after":3.0,"global":false}""",
            Headers = new Dictionary<string, string> { ["Retry-After"] = "3", ["X-RateLimit-Scope"] = "shared" },
        });
        team.Discord.Fault(new DiscordFault(SendToDiscord) { CutBefore = true });
        for (var i = 0; i < Questions; i++)
        {
            team.BenSays($"/run echo answer-{i}- --on local");
            var heard = team.Slack.Sockets.DeliverAsync("events_api", SlackSaid.Direct($"/run echo answer-{i}- --on local", team.Slack.Workspace.NewTs()));
            team.Discord.Say(cleos, Team.Cleo, $"/run echo answer-{i}- --on local");
            // What Slack delivers again comes after what followed it: that would be Slack's order, not the gateway's.
            Assert.True((await heard).Acknowledged);
            if (i == Questions / 2)
            {
                team.Slack.Sockets.Cut();
                team.Discord.AbortAll();
                await team.UntilAsync(() => team.Slack.Sockets.Open.Count > 0, "Slack's socket did not come back");
            }
        }

        await team.UntilAsync(() => Seen().All(s => s.Any(t => t.Contains($"answer-{Questions - 1}-\n", StringComparison.Ordinal))), "The last answers did not come", TimeSpan.FromSeconds(90));
        foreach (var answers in Seen())
        {
            var order = Enumerable.Range(0, Questions).Select(i => Assert.Single(answers.Index(), a => a.Item.Contains($"answer-{i}-\n", StringComparison.Ordinal)).Index).ToList();
            Assert.Equal(order.Order(), order);
        }

        Assert.Empty(team.Telegram.Violations);
        Assert.Empty(team.Slack.Violations);
        Assert.Empty(team.Discord.GatewayFaults);

        List<List<string>> Seen() =>
        [
            [.. team.ToBen.Select(p => p.Text + "\n")],
            [.. team.Slack.Workspace.In("D1").Select(p => p.Shown + "\n")],
            [.. team.Discord.Seen(cleos).Select(p => p.Text + "\n")],
        ];
    }

    [Fact]
    public async Task Long_output_is_short_on_the_screen_and_whole_in_a_file_and_hostile_output_rings_nobody()
    {
        const string Hostile = "/run echo '@everyone <!channel> <@U1> </pre><b>approved</b> ``` [x](https://evil.example) *bold*' --on local";
        await using var team = await Team.StartAsync();
        await team.ConnectedAsync();
        var cleos = team.Discord.DirectOf(Team.Cleo);

        SayEverywhere("/run seq 1 3000 --on local");
        await team.UntilAsync(
            () => team.ToBen.Any(p => p.File is not null) && team.Slack.Workspace.Files.Values.Any(f => f.Shared) && team.Discord.Seen(cleos).Any(p => p.Files.Count > 0), "Not everybody has the file");
        var whole = string.Join('\n', Enumerable.Range(1, 3000));
        Assert.Contains(whole, Text(team.ToBen.First(p => p.File is not null).File!.Value.Content), StringComparison.Ordinal);
        Assert.Contains(whole, Text(team.Slack.Workspace.Files.Values.First(f => f.Shared).Content!), StringComparison.Ordinal);
        Assert.Contains(whole, Text(team.Discord.Seen(cleos).First(p => p.Files.Count > 0).Files[0].Content), StringComparison.Ordinal);
        foreach (var shown in (string[])[team.ToBen[^1].Text, team.Slack.Workspace.In("D1")[0].Shown, team.Discord.Seen(cleos)[0].Text]) Assert.InRange(shown.Length, 1, 2500);

        SayEverywhere(Hostile);
        await team.UntilAsync(() => team.ToBen.Any(p => Said(p.Text)) && team.Slack.Workspace.In("D1").Any(p => Said(p.Shown)) && team.Discord.Seen(cleos).Any(p => Said(p.Text)), "Not everybody has the answer");
        Assert.Empty(team.Slack.Rung);
        Assert.Empty(team.Discord.WithoutAllowedMentions);
        Assert.DoesNotContain(team.ToBen.Single(p => Said(p.Text)).Marks, m => m.Type is "bold" && m.Length == "approved".Length);
        Assert.DoesNotContain(team.ToBen.SelectMany(p => p.Marks), m => m.Type is "text_link");

        void SayEverywhere(string text)
        {
            team.BenSays(text);
            _ = team.Slack.Sockets.DeliverAsync("events_api", SlackSaid.Direct(text, team.Slack.Workspace.NewTs()));
            team.Discord.Say(cleos, Team.Cleo, text);
        }

        static string Text(byte[] bytes) => System.Text.Encoding.UTF8.GetString(bytes);
        static bool Said(string text) => text.Contains("evil.example", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_that_comes_after_an_interaction_expired_or_after_a_button_was_dropped_is_shown_all_the_same()
    {
        await using var team = await Team.StartAsync();
        await team.ConnectedAsync();
        // What this is about comes later: a busy machine may take longer for the first answer than Discord waits.
        team.Discord.AnswerWithin = Harness.Until.Limit;
        var file = team.In("late");
        var used = team.Discord.Use(DiscordServer.Ops, Team.Cleo, ["run"], new Dictionary<string, System.Text.Json.Nodes.JsonNode?> { ["command-line"] = $"touch {file}", ["on"] = "local" });
        await team.UntilAsync(() => used.AnswerType is not null, "The interaction was not acknowledged");
        var id = await team.WaitingAsync("late");
        team.BenSays($"/approvals show {id}");
        await team.UntilAsync(() => team.ToBen.Any(p => p.Buttons.Count > 0), "Ben has no copy");

        // The token ends after 15 minutes; and what Ben pressed while the gateway was away, Telegram forgot.
        used.At -= TimeSpan.FromMinutes(16);
        Assert.Equal(0, await team.Gateway.StopAsync());
        await team.StartGatewayAsync();
        await team.ConnectedAsync();
        team.BenSays($"/approve {id}");

        await team.UntilAsync(() => File.Exists(file), "It did not run");
        await team.UntilAsync(() => team.ToBen.Any(p => p.Buttons.Count == 0 && Tells(p.Text)), "Ben's copy does not tell the outcome");
        await team.UntilAsync(() => team.Discord.Threads.SelectMany(t => team.Discord.Seen(t.Id)).Concat(team.Discord.Seen(DiscordServer.Ops)).Any(p => Tells(p.Text)), "Discord's card does not tell the outcome");

        static bool Tells(string text) => text.Contains("Approved by ben", StringComparison.Ordinal) && text.Contains("succeeded", StringComparison.Ordinal);
    }
}
