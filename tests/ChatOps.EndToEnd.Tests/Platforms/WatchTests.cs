using ChatOps.Checks;
using ChatOps.Storage;
using ChatOps.Testing;
using ChatOps.Testing.Discord;
using ChatOps.Testing.Slack;
using Microsoft.Extensions.DependencyInjection;
using Until = ChatOps.EndToEnd.Harness.Until;

namespace ChatOps.EndToEnd.Platforms;

/// <summary>What a watch sends by itself into the places where the team talks: findings with a thread for each incident, and reports with a picture.</summary>
public sealed class WatchTests
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    [Fact]
    public async Task An_incident_has_its_thread_in_Slack_and_in_Discord_and_is_noted_and_resolved_from_there_without_an_id()
    {
        await using var team = await Team.StartAsync(t => Write(
            t,
            $"{{ name: mark, kind: command, on: local, run: 'ls {t.In("mark")}', to: 'slack:{Team.SlackRoom}', interval: 5s, retries: 0, recover: 1 }}",
            $"{{ name: flag, kind: command, on: local, run: 'ls {t.In("flag")}', to: 'discord:{DiscordServer.Ops}', interval: 5s, retries: 0, recover: 1 }}"));
        await team.ConnectedAsync();

        await team.UntilAsync(() => Found(team) is not null, "Nothing was found in Slack");
        var thread = Found(team)!;
        await team.UntilAsync(() => team.InThread(thread).Any(p => p.Shown.Contains("Incident ", StringComparison.Ordinal)), "There is no thread in Slack");
        await team.UntilAsync(() => team.Discord.Threads.Count == 1, "There is no thread in Discord");
        var place = team.Discord.Threads[0];
        Assert.Matches("^Incident [A-Z0-9]{6}: flag on ", place.Name);
        await team.UntilAsync(() => team.Discord.Seen(place.Id).Any(p => p.Text.Contains("Incident ", StringComparison.Ordinal)), "Nothing is said in Discord's thread");

        // Nobody need be mentioned there, and which incident is meant is clear from where it is said.
        await team.Slack.Sockets.DeliverAsync("events_api", SlackSaid.InChannel("somebody moved house", team.Slack.Workspace.NewTs(), Team.SlackRoom, Team.Ana, thread));
        await team.Slack.Sockets.DeliverAsync("events_api", SlackSaid.Mention($"<@{team.Slack.Workspace.BotUser}> /incident note 'it was the mover'", team.Slack.Workspace.NewTs(), Team.SlackRoom, Team.Ana, thread));
        team.Discord.Say(place.Id, Team.Cleo, "/resolve --note 'the flag is not needed'");

        await team.UntilAsync(() => team.Discord.Seen(place.Id).Any(p => p.Text.Contains("is resolved", StringComparison.Ordinal)), "It was not resolved from Discord");
        await team.UntilAsync(() => team.InThread(thread).Any(p => p.Shown.Contains("Noted on ", StringComparison.Ordinal)), "It was not noted from Slack");
        var open = (await team.Gateway.CallAsync("incident_list", new { open = true }))["result"]!.AsArray();
        Assert.Equal("mark", (string?)Assert.Single(open)!["check"]);
        var lines = (await team.Gateway.CallAsync("incident_show", new { id = (string)open[0]!["id"]! }))["result"]!["timeline"]!.AsArray();
        Assert.Contains(lines, l => ((string)l!["kind"]!, (string)l["who"]!, (string)l["text"]!) == ("message", "ana", "somebody moved house"));
        Assert.Contains(lines, l => ((string)l!["kind"]!, (string)l["text"]!) == ("note", "it was the mover"));
    }

    [Fact]
    public async Task A_report_brings_its_chart_as_a_picture_to_each_platform_and_without_a_browser_its_words()
    {
        await using var team = await Team.AssembleAsync();
        Write(team, "{ name: data, kind: disk, on: local, path: '/', interval: 5s }");
        await RememberAsync(team);
        await team.StartGatewayAsync();
        await team.AdmitAsync();
        await team.ConnectedAsync();
        await Until.TrueAsync(async () => (await team.Gateway.CallAsync("check_list", new { }))["result"]!["states"]!.AsArray().Any(s => s!["value"] is not null), () => team.Gateway.Log);

        var thread = team.AnaAsks("/report");
        team.BenSays("/report");
        var asked = team.CleoAsks("/report");
        await team.UntilAsync(() => team.Slack.Workspace.Files.Values.Any(f => f is { Shared: true, Content: { } c } && c.AsSpan().StartsWith(Png)), "No picture in Slack");
        await team.UntilAsync(() => team.ToBen.Any(p => p.File is { IsPhoto: true } f && f.Content.AsSpan().StartsWith(Png)), "No photo in Telegram");
        await team.UntilAsync(() => team.ToCleo(asked).SelectMany(p => p.Files).Any(f => f.Content.AsSpan().StartsWith(Png)), "No picture in Discord");
        Assert.Contains(team.InThread(thread), p => p.File is not null);
        Assert.Contains(team.InThread(thread), p => p.Shown.Contains("workspace/reports/", StringComparison.Ordinal));

        await team.StartGatewayAsync(new Dictionary<string, string> { ["PATH"] = team.In("nothing") });
        await team.ConnectedAsync();
        var words = team.AnaAsks("/report");
        await team.UntilAsync(() => team.InThread(words).Any(p => p.Shown.Contains("workspace/reports/", StringComparison.Ordinal)), "No words without a browser");
        Assert.DoesNotContain(team.InThread(words), p => p.File is not null);
    }

    private static string? Found(Team team) => team.Slack.Workspace.In(Team.SlackRoom).FirstOrDefault(p => p.Thread is null && p.Shown.Contains("Critical", StringComparison.Ordinal))?.Ts;

    private static void Write(Team team, params string[] checks)
    {
        Directory.CreateDirectory(Path.Combine(team.Workspace, "checks"));
        File.WriteAllText(Path.Combine(team.Workspace, "checks", "a.yaml"), $"checks:\n{string.Concat(checks.Select(c => $"  - {c}\n"))}");
    }

    // Days of a disk, as a gateway that has run that long would have them.
    private static async Task RememberAsync(Team team)
    {
        Directory.CreateDirectory(team.Data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await using var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton<Messages.IMessageBus>(new FakeMessageBus())
            .AddStorage(new StorageOptions { DataDirectory = team.Data }).BuildServiceProvider();
        await services.GetRequiredService<IStoreInitializer>().InitializeAsync(TestContext.Current.CancellationToken);
        var now = TimeProvider.System.GetUtcNow();
        await services.GetRequiredService<IStore>().WriteAsync(
            session =>
            {
                for (var hours = 72; hours > 0; hours--) session.Checks.SetValue(new CheckKey("data", "local"), new CheckSample(now.AddHours(-hours), CheckLevel.Ok, 80 - hours / 2.0));
                return true;
            },
            TestContext.Current.CancellationToken);
    }
}
