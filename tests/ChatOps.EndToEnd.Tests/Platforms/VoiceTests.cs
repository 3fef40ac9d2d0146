using ChatOps.Testing.Speech;
using ChatOps.Testing.Telegram;

namespace ChatOps.EndToEnd.Platforms;

/// <summary>A voice note in Telegram with real sound, and a transcription service on loopback.</summary>
public sealed class VoiceTests
{
    [Fact]
    public async Task A_spoken_read_is_done_and_a_spoken_change_shows_a_card_that_a_spoken_yes_does_not_approve()
    {
        await using var ears = await TranscriptionServer.StartAsync();
        ears.Then(ServerAnswer.Says("Run uptime on local."), ServerAnswer.Says("Restart cron on local."), ServerAnswer.Says("Yes."));
        await using var team = await Team.StartAsync(t =>
        {
            t.Settings["CHATOPS__Speech__Provider"] = "OpenAI";
            t.Settings["CHATOPS__Speech__BaseUrl"] = ears.BaseUrl;
            t.Settings["CHATOPS__Speech__ApiKey"] = ears.Key;
        });
        await team.ConnectedAsync();

        await SpeakAsync("Run uptime on local.");
        await team.UntilAsync(() => team.ToBen.Any(p => p.Text.Contains("load average", StringComparison.Ordinal)), "What was said was not done");
        Assert.Contains(team.ToBen, p => p.Text.Contains("Run uptime on local.", StringComparison.Ordinal));
        Assert.DoesNotContain(team.ToBen, IsCard);

        await SpeakAsync("Restart cron on local.");
        await team.UntilAsync(() => team.ToBen.Any(IsCard), "No card for a spoken change");
        var id = await team.WaitingAsync("cron");
        await SpeakAsync("Yes.");
        await team.UntilAsync(() => team.ToBen.Any(p => p.Text.Contains("decides nothing", StringComparison.Ordinal)), "A spoken yes was not answered");
        Assert.Equal(id, await team.WaitingAsync("cron"));
        Assert.Empty(ears.Refusals);

        // A slow run has buttons too: to see its output, to stop it.
        static bool IsCard(TelegramPost post) => post.Buttons.Any(row => row.Any(b => b.Text is not ("Tail" or "Stop")));

        async Task SpeakAsync(string words) => team.Telegram.SendFile(team.BensChat, team.Ben, "voice", await SpokenSound.OggOpusAsync(words), voice =>
        {
            voice["duration"] = 2;
            voice["mime_type"] = "audio/ogg";
        });
    }
}
