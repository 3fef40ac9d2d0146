using ChatOps.EndToEnd.Harness;
using ChatOps.Testing.Speech;

namespace ChatOps.EndToEnd.Platforms;

/// <summary>kill -9 while what was spoken is put into words: it is done once, in either mode.</summary>
public sealed class VoiceKillTests
{
    private static readonly TimeSpan DeathLimit = TimeSpan.FromSeconds(60);

    /// <summary>Where it kills, in the order of its way.</summary>
    public static IReadOnlyList<string> Killed { get; } = ["voice.transcribed", "voice.heard"];

    [Theory]
    [InlineData(StoreMode.Embedded)]
    [InlineData(StoreMode.Distributed)]
    public async Task Whenever_the_gateway_dies_over_a_voice_note_what_was_said_is_done_once(StoreMode mode)
    {
        await using var ears = await TranscriptionServer.StartAsync();
        ears.Then(ServerAnswer.Says("Run uptime on local."), ServerAnswer.Says("Run uptime on local."), ServerAnswer.Says("Run uptime on local."));
        await using var team = await Team.AssembleAsync();
        team.Settings["CHATOPS__Speech__Provider"] = "OpenAI";
        team.Settings["CHATOPS__Speech__BaseUrl"] = ears.BaseUrl;
        team.Settings["CHATOPS__Speech__ApiKey"] = ears.Key;
        await ServerStore.UseAsync(mode, team.Data);
        var sound = await SpokenSound.OggOpusAsync("Run uptime on local.");
        team.Telegram.SendFile(team.BensChat, team.Ben, "voice", sound, voice => (voice["duration"], voice["mime_type"]) = (2, "audio/ogg"));
        foreach (var point in Killed) await DieAsync(team, point);

        await team.StartGatewayAsync();
        await team.UntilAsync(() => team.ToBen.Any(p => p.Text.Contains("load average", StringComparison.Ordinal)), "What was said was not done");

        var runs = (await team.Gateway.CallAsync("audit_list", new { tool = "run", limit = 50 }))["result"]!.AsArray();
        Assert.Single(runs, r => (string?)r!["kind"] == "intent");
        Assert.Single(team.ToBen, p => p.Text.Contains("load average", StringComparison.Ordinal));
    }

    private static async Task DieAsync(Team team, string point)
    {
        try
        {
            await team.StartGatewayAsync(new Dictionary<string, string> { ["CHATOPS_CRASH_AT"] = point });
            await team.Gateway.WaitForExitAsync(DeathLimit);
            Assert.Equal(128 + 9, team.Gateway.ExitCode);
        }
        catch (GatewayDidNotStartException e) when (e.ExitCode == 128 + 9)
        {
            // It died before it was ready.
        }
    }
}
