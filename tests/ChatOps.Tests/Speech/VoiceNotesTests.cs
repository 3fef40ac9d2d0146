using ChatOps.Channels;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Testing.Speech;

namespace ChatOps.Tests.Speech;

/// <summary>Everything that can be wrong with a voice note has an answer of its own, and nothing runs.</summary>
public sealed class VoiceNotesTests
{
    private static async Task<byte[]> RealAsync() => await SpokenSound.OggOpusAsync("show me the status");

    [Theory]
    [InlineData("#!/bin/sh\nreboot", "no sound that I can listen to")]
    [InlineData("", "empty (0 bytes)")]
    [InlineData("RIFF0000AVI LIST", "no sound that I can listen to")]
    public async Task Bytes_that_are_no_sound(string bytes, string says)
    {
        await using var voice = await VoiceGateway.StartAsync();
        await AssertRefusedAsync(voice, await voice.SendAsync(System.Text.Encoding.Latin1.GetBytes(bytes)), says);
        Assert.Equal(0, voice.Server.Calls);
    }

    [Fact]
    public async Task Claims_that_are_too_large_or_too_long_save_the_fetch()
    {
        await using var voice = await VoiceGateway.StartAsync();
        var note = VoiceGateway.Note();
        await AssertRefusedAsync(voice, await voice.SendAsync(await RealAsync(), file: note with { Bytes = 25_000_000 }), "too large: I take up to 20 MB");
        await AssertRefusedAsync(voice, await voice.SendAsync(await RealAsync(), file: note with { Duration = TimeSpan.FromHours(2) }), "too long (2:00:00 hours)");
        await AssertRefusedAsync(voice, await voice.SendAsync(await RealAsync(), file: note with { Bytes = 0 }), "0 bytes");
        Assert.Empty(voice.Gateway.Channel.Fetched);
    }

    [Fact]
    public async Task A_note_that_lies_about_its_size_or_length_is_measured()
    {
        await using var voice = await VoiceGateway.StartAsync(o => o.MaxBytes = 1024 * 1024);
        await AssertRefusedAsync(voice, await voice.SendAsync(new byte[1024 * 1024 + 1]), "too large: I take up to 1 MB");
        await AssertRefusedAsync(voice, await voice.SendAsync(await SpokenSound.SilenceAsync(400)), "too long (6:40 minutes)");
        Assert.Equal(0, voice.Server.Calls);

        voice.Server.Then(ServerAnswer.Says("status") with { Seconds = 400 });
        await AssertRefusedAsync(voice, await voice.SendAsync(Sounds.WebM), "too long (6:40 minutes)");
    }

    [Theory]
    [InlineData(FileFetchStatus.Gone, "The link expired.", "link has expired or it was deleted. The link expired. Please send it again")]
    [InlineData(FileFetchStatus.Failed, "Discord answers 503", "could not fetch the voice note from test. Discord answers 503.")]
    [InlineData(FileFetchStatus.TooLarge, null, "too large")]
    public async Task A_file_that_the_platform_does_not_give(FileFetchStatus status, string? reason, string says)
    {
        await using var voice = await VoiceGateway.StartAsync();
        var note = VoiceGateway.Note();
        var id = await voice.PostAsync([], file: note);
        var first = await voice.Gateway.EndAsync(id);
        Assert.NotNull(first.Outcome);
        voice.Gateway.Channel.Files[note.Reference + "x"] = (_, _) => Task.FromResult(new FileFetch(status, reason));
        var item = await voice.Gateway.EndAsync(await voice.Gateway.SayAsync("", context: new InboundContext { Files = [note with { Reference = note.Reference + "x" }] }));
        await AssertRefusedAsync(voice, item, says);
    }

    [Fact]
    public async Task Silence_is_silence_even_when_the_model_invents_words_for_it()
    {
        await using var voice = await VoiceGateway.StartAsync();
        voice.Server.Then(ServerAnswer.Says(""), ServerAnswer.Says("Thank you.") with { NoSpeech = 0.9 }, ServerAnswer.Says(" ... "));
        for (var i = 0; i < 3; i++) await AssertRefusedAsync(voice, await voice.SendAsync(await SpokenSound.SilenceAsync(2)), "no speech");
    }

    [Fact]
    public async Task Words_that_the_service_is_not_sure_of_are_shown_and_not_acted_on()
    {
        await using var voice = await VoiceGateway.StartAsync();
        voice.Server.Then(ServerAnswer.Says("Run uptime on the web servers") with { Likelihood = -1.6 });
        var item = await voice.SendAsync(await RealAsync());
        await AssertRefusedAsync(voice, item, "not sure what I heard (20 %, and I need 50 %)");
        Assert.Contains("I think I heard: “Run uptime on the web servers”", Assert.Single(await voice.RepliesAsync(item)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_language_that_is_not_spoken_here_is_named_and_not_acted_on()
    {
        await using var voice = await VoiceGateway.StartAsync(o => o.Languages = ["en", "de"]);
        voice.Server.Then(ServerAnswer.Says("status") with { Language = "french" });
        await AssertRefusedAsync(voice, await voice.SendAsync(await RealAsync()), "sounded like French, and I listen to English or German");
        voice.Server.Then(ServerAnswer.Says("status") with { Language = "german" });
        Assert.Equal("done", (await voice.SendAsync(await RealAsync())).Outcome);
    }

    [Fact]
    public async Task A_service_that_fails_is_said_to_have_failed()
    {
        await using var voice = await VoiceGateway.StartAsync();
        voice.Server.Then(ServerAnswer.Refuses(503), ServerAnswer.Refuses(401));
        await AssertRefusedAsync(voice, await voice.SendAsync(await RealAsync()), "The transcription service is down (it answered 503). Please type it");
        await AssertRefusedAsync(voice, await voice.SendAsync(await RealAsync()), "Speech:ApiKey");
        await voice.Server.DisposeAsync();
        await AssertRefusedAsync(voice, await voice.SendAsync(await RealAsync()), "cannot be reached");
    }

    [Fact]
    public async Task Several_sounds_in_one_message_are_not_guessed_at()
    {
        await using var voice = await VoiceGateway.StartAsync();
        var item = await voice.Gateway.EndAsync(await voice.Gateway.SayAsync("", context: new InboundContext { Files = [VoiceGateway.Note(), VoiceGateway.Note()] }));
        await AssertRefusedAsync(voice, item, "one voice note at a time");
    }

    [Fact]
    public async Task A_picture_is_no_voice_note()
    {
        await using var voice = await VoiceGateway.StartAsync();
        await voice.Gateway.EndAsync(await voice.Gateway.SayAsync("look", context: new InboundContext { Files = [new InboundFile(InboundFileKind.Image, "i", "x.png")] }));
        Assert.Empty(voice.Gateway.Channel.Fetched);
    }

    private static async Task AssertRefusedAsync(VoiceGateway voice, InboxItem item, string says)
    {
        Assert.Equal(InboxState.Done, item.State);
        var reply = Assert.Single(await voice.RepliesAsync(item));
        Assert.Contains(says, reply, StringComparison.Ordinal);
        Assert.Empty(voice.Gate.Ran);
        Assert.Null(item.Context.Heard);
    }
}
