using ChatOps.Agent.Speech;

namespace ChatOps.Tests.Speech;

public sealed class SpeechOptionsTests
{
    [Fact]
    public void Nothing_needs_to_be_configured_and_a_provider_with_a_key_is_enough()
    {
        Assert.Empty(new SpeechOptions().Problems());
        Assert.Empty(new SpeechOptions { Provider = SpeechProvider.OpenAI, ApiKey = "${env:KEY}" }.Problems());
        Assert.Empty(new SpeechOptions { Provider = SpeechProvider.Local, BaseUrl = "http://whisper.lan:8000/v1" }.Problems());
        Assert.Equal("https://api.groq.com/openai/v1/audio/transcriptions", new SpeechOptions { Provider = SpeechProvider.Groq }.Address.AbsoluteUri);
    }

    [Theory]
    [InlineData(SpeechProvider.OpenAI, null, null, "Speech:ApiKey")]
    [InlineData(SpeechProvider.Azure, "https://x.openai.azure.com/openai/v1", "k", "Speech:Model")]
    [InlineData(SpeechProvider.Local, null, null, "Speech:BaseUrl")]
    [InlineData(SpeechProvider.Local, "whisper", null, "Speech:BaseUrl")]
    [InlineData(SpeechProvider.Local, "http://10.0.0.5/v1", "key", "Speech:BaseUrl")]
    [InlineData(SpeechProvider.Local, "http://user:secret@10.0.0.5/v1", null, "Speech:BaseUrl")]
    public void What_is_missing_or_unsafe_is_named(SpeechProvider provider, string? address, string? key, string names) =>
        Assert.Equal(names, Assert.Single(new SpeechOptions { Provider = provider, BaseUrl = address, ApiKey = key }.Problems()).Key);

    [Fact]
    public void All_problems_are_reported_at_once()
    {
        var problems = new SpeechOptions { MaxSeconds = 0, MaxBytes = 0, MinConfidence = 101, Timeout = TimeSpan.Zero, MaxParallel = 0, Languages = ["english"] }.Problems();
        Assert.Equal(6, problems.Count);
    }
}
