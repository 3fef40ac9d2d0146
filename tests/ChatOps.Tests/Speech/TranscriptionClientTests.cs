using System.Diagnostics;
using ChatOps.Agent.Speech;
using ChatOps.Testing;
using ChatOps.Testing.Speech;
using Microsoft.Extensions.AI;

namespace ChatOps.Tests.Speech;

public sealed class TranscriptionClientTests
{
    [Fact]
    public async Task A_real_voice_note_goes_out_as_what_it_is_and_comes_back_as_words()
    {
        await using var target = await SpeechTarget.StartAsync();
        target.Server.Then(ServerAnswer.Says(" Run uptime on the web servers. "));
        var sound = await SpokenSound.OggOpusAsync("run uptime on the web servers");
        var heard = await target.HearAsync(sound);

        Assert.Equal(("Run uptime on the web servers.", "en", 1.5), (heard.Text, heard.Language, heard.Duration!.Value.TotalSeconds));
        Assert.InRange(heard.Confidence!.Value, 0.8, 0.83);
        Assert.Equal(0.01, heard.NoSpeech);
        Assert.Empty(target.Server.Refusals);
        var request = Assert.Single(target.Server.Requests);
        Assert.Equal(sound, request.File);
        Assert.Equal(("voice.ogg", "audio/ogg", "Authorization"), (request.FileName, request.MediaType, request.KeyHeader));
        Assert.Equal(["model=whisper-1", "response_format=verbose_json"], request.Fields.Select(f => $"{f.Key}={f.Value}").Order());
        Assert.DoesNotContain(request.Headers, h => h.Contains("trace", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Every_kind_of_sound_has_the_name_and_type_of_its_container_whatever_it_was_called()
    {
        await using var target = await SpeechTarget.StartAsync();
        foreach (var (sound, name) in new[]
        {
            (await SpokenSound.WavAsync("status"), "voice.wav"), (await SpokenSound.FlacAsync("status"), "voice.flac"), (await SpokenSound.Mp3Async("status"), "voice.mp3"),
            (Sounds.Mp4(TimeSpan.FromSeconds(2)), "voice.m4a"), (Sounds.WebM, "voice.webm"),
        })
        {
            await target.HearAsync(sound);
            Assert.Equal(name, target.Server.Requests[^1].FileName);
        }

        Assert.Empty(target.Server.Refusals);
    }

    [Theory]
    [InlineData("Groq", "whisper-large-v3-turbo", "Authorization", "verbose_json")]
    [InlineData("Local", "whisper-1", "Authorization", "verbose_json")]
    [InlineData("Azure", "my-deployment", "api-key", "verbose_json")]
    [InlineData("OpenAI", "gpt-4o-mini-transcribe", "Authorization", "json")]
    [InlineData("OpenAI", "gpt-transcribe", "Authorization", "json")]
    public async Task Each_provider_gets_its_key_where_it_looks_and_each_model_the_form_that_it_knows(string provider, string model, string header, string form)
    {
        await using var target = await SpeechTarget.StartAsync(o => (o.Provider, o.Model) = (Enum.Parse<SpeechProvider>(provider), provider == "Groq" ? null : model));
        var heard = await target.HearAsync(await SpokenSound.OggOpusAsync("status"));
        var request = Assert.Single(target.Server.Requests);
        Assert.Equal((model, header, form), (request.Fields["model"], request.KeyHeader, request.Fields["response_format"]));
        Assert.Equal(model != "gpt-transcribe", heard.Confidence is not null);
        Assert.Empty(target.Server.Refusals);
    }

    [Fact]
    public async Task A_server_that_knows_only_the_plain_answer_is_asked_for_it_and_not_for_the_other_again()
    {
        await using var target = await SpeechTarget.StartAsync(o => o.Provider = SpeechProvider.Local);
        target.Server.OnlyPlain = true;
        var sound = await SpokenSound.OggOpusAsync("status");
        Assert.Null((await target.HearAsync(sound)).Confidence);
        await target.HearAsync(sound);
        Assert.Equal((3, 2, 1), (target.Server.Calls, target.Server.Requests.Count, target.Server.Refusals.Count));
    }

    [Fact]
    public async Task The_language_hint_is_sent_only_when_it_is_configured()
    {
        await using var target = await SpeechTarget.StartAsync(o => o.LanguageHint = "en");
        await target.HearAsync(await SpokenSound.OggOpusAsync("status"));
        Assert.Equal("en", Assert.Single(target.Server.Requests).Fields["language"]);
    }

    [Fact]
    public async Task A_busy_service_is_asked_once_more_after_the_pause_that_it_wants()
    {
        await using var target = await SpeechTarget.StartAsync();
        target.Server.Then(ServerAnswer.Refuses(429, "rate_limit_exceeded", "1"), ServerAnswer.Says("status"));
        var began = Stopwatch.GetTimestamp();
        Assert.Equal("status", (await target.HearAsync(await SpokenSound.OggOpusAsync("status"))).Text);
        // A timer counts in the system's coarse ticks: it may ring a few milliseconds early.
        Assert.True(Stopwatch.GetElapsedTime(began) >= TimeSpan.FromSeconds(1) - TimeSpan.FromMilliseconds(10));
        Assert.Equal(2, target.Server.Calls);

        target.Server.Then(ServerAnswer.Refuses(429, "rate_limit_exceeded", "0"), ServerAnswer.Refuses(429, "rate_limit_exceeded", "0"));
        Assert.Equal(SpeechFailure.Busy, (await target.FailAsync(await SpokenSound.OggOpusAsync("status"))).Failure);
        Assert.Equal(4, target.Server.Calls);
    }

    [Theory]
    [InlineData(429, "rate_limit_exceeded", "3600", "Busy", "3600 s of rest")]
    [InlineData(429, "insufficient_quota", "1", "Busy", "quota")]
    [InlineData(401, "invalid_api_key", null, "KeyRefused", "Speech:ApiKey")]
    [InlineData(403, "forbidden", null, "KeyRefused", "Speech:ApiKey")]
    [InlineData(404, "model_not_found", null, "NotFound", "Speech:Model")]
    [InlineData(413, "file_too_large", null, "TooLarge", "too large")]
    [InlineData(400, "invalid_request_error", null, "Unreadable", "could not read")]
    [InlineData(500, "server_error", null, "Down", "500")]
    [InlineData(503, "overloaded", null, "Down", "503")]
    [InlineData(302, "moved", null, "BadAnswer", "302")]
    public async Task Every_refusal_is_a_sentence_that_says_what_to_do_and_is_not_repeated(int status, string code, string? retryAfter, string failure, string says)
    {
        await using var target = await SpeechTarget.StartAsync();
        target.Server.Then(ServerAnswer.Refuses(status, code, retryAfter));
        var e = await target.FailAsync(await SpokenSound.OggOpusAsync("status"));
        Assert.Equal(Enum.Parse<SpeechFailure>(failure), e.Failure);
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        Assert.Equal(1, target.Server.Calls);
    }

    [Fact]
    public async Task The_key_is_in_no_message_and_in_no_log_even_when_the_service_repeats_it()
    {
        await using var target = await SpeechTarget.StartAsync();
        target.Server.Then(ServerAnswer.Refuses(401, "invalid_api_key"), ServerAnswer.Refuses(500), new ServerAnswer { Raw = "no json" }, new ServerAnswer { Drops = true });
        var said = "";
        for (var i = 0; i < 4; i++) said += await target.FailAsync(await SpokenSound.OggOpusAsync("status"));
        Assert.Contains("401", target.Log.All, StringComparison.Ordinal);
        Assert.DoesNotContain(target.Server.Key, said + target.Log.All, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{\"text\":17}")]
    [InlineData("{\"words\":\"x\"}")]
    public async Task An_answer_that_is_no_transcript_is_said_to_be_none(string raw)
    {
        await using var target = await SpeechTarget.StartAsync();
        target.Server.Then(new ServerAnswer { Raw = raw });
        Assert.Equal(SpeechFailure.BadAnswer, (await target.FailAsync(await SpokenSound.OggOpusAsync("status"))).Failure);
    }

    [Fact]
    public async Task An_endless_answer_is_cut()
    {
        await using var target = await SpeechTarget.StartAsync();
        target.Server.Then(new ServerAnswer { Raw = new string(' ', TranscriptionAnswer.MaxBytes + 1) });
        Assert.Equal(SpeechFailure.BadAnswer, (await target.FailAsync(await SpokenSound.OggOpusAsync("status"))).Failure);
    }

    [Fact]
    public async Task A_service_that_hangs_is_given_up_and_one_that_is_not_there_is_said_to_be_down()
    {
        var clock = new FakeTimeProvider();
        await using var target = await SpeechTarget.StartAsync(time: clock);
        target.Server.Then(new ServerAnswer { Hangs = true });
        var sound = await SpokenSound.OggOpusAsync("status");
        var hanging = target.FailAsync(sound);
        await Until.TrueAsync(() => target.Server.Requests.Count == 1);
        clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(SpeechFailure.TimedOut, (await hanging).Failure);

        await target.Server.DisposeAsync();
        Assert.Equal(SpeechFailure.Down, (await target.FailAsync(sound)).Failure);
    }

    [Fact]
    public async Task A_stop_is_a_cancellation_and_no_failure()
    {
        await using var target = await SpeechTarget.StartAsync();
        target.Server.Then(new ServerAnswer { Hangs = true });
        using var stop = new CancellationTokenSource();
        var hanging = target.Client.GetTextAsync(new MemoryStream(await SpokenSound.OggOpusAsync("status")), null, stop.Token);
        await Until.TrueAsync(() => target.Server.Requests.Count == 1);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
    }

    [Fact]
    public async Task What_is_no_sound_is_never_sent()
    {
        await using var target = await SpeechTarget.StartAsync();
        Assert.Equal(SpeechFailure.NotSound, (await target.FailAsync("#!/bin/sh\nreboot\n"u8.ToArray())).Failure);
        Assert.Equal(0, target.Server.Calls);
    }

    [Fact]
    public async Task A_key_that_is_a_reference_is_read_anew_so_that_a_rotated_one_works()
    {
        using var directory = new TempDirectory();
        var file = Path.Combine(directory.Path, "key");
        await File.WriteAllTextAsync(file, "sk-old-key-of-yesterday", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await using var target = await SpeechTarget.StartAsync(o => o.ApiKey = $"${{file:{file}}}");
        var sound = await SpokenSound.OggOpusAsync("status");
        Assert.Equal(SpeechFailure.KeyRefused, (await target.FailAsync(sound)).Failure);
        await File.WriteAllTextAsync(file, target.Server.Key, TestContext.Current.CancellationToken);
        Assert.NotEmpty((await target.HearAsync(sound)).Text);
    }

    [Fact]
    public async Task The_client_says_who_it_is()
    {
        await using var target = await SpeechTarget.StartAsync();
        var metadata = (SpeechToTextClientMetadata)target.Client.GetService(typeof(SpeechToTextClientMetadata))!;
        Assert.Equal(("openai", "whisper-1"), (metadata.ProviderName, metadata.DefaultModelId));
    }
}
