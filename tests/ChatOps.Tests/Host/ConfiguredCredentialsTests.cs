using System.Buffers.Text;
using System.Text;
using ChatOps.Agent.Models;
using ChatOps.Agent.Speech;
using ChatOps.Channels;
using ChatOps.Checks;
using ChatOps.Host;
using ChatOps.Secrets;
using ChatOps.Testing;
using ChatOps.Testing.Discord;
using ChatOps.Testing.Models;
using ChatOps.Testing.Slack;
using ChatOps.Testing.Speech;
using ChatOps.Testing.Telegram;
using ChatOps.Tests.Web;
using ChatOps.Tools;
using ChatOps.Tools.Web;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Host;

/// <summary>Tokens and keys that are configured are asked after at their services, and nothing of them is told.</summary>
public sealed class ConfiguredCredentialsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_taken_what_is_not_and_who_cannot_be_asked_are_told_apart_without_a_secret()
    {
        await using var telegram = await TelegramServer.StartAsync();
        await using var slack = await SlackServer.StartAsync();
        await using var discord = await DiscordServer.StartAsync();
        await using var model = await ModelServer.StartAsync();
        var options = new ChatOpsOptions();
        (options.Telegram.Enabled, options.Telegram.Token, options.Telegram.ApiBase) = (true, telegram.Token, telegram.ApiBase);
        (options.Slack.Enabled, options.Slack.BotToken, options.Slack.AppToken, options.Slack.ApiBase) = (true, slack.BotToken, slack.AppToken, slack.ApiBase.AbsoluteUri);
        (options.Discord.Enabled, options.Discord.Token, options.Discord.ApiBase) = (true, discord.Token, discord.ApiBase.AbsoluteUri);
        options.Models.Endpoints.Add(new ModelOptions { Name = "main", Provider = "openai", Model = "scripted", BaseUrl = model.OpenAiUrl, ApiKey = model.Key });

        Assert.All(await LookAsync(options), l => Assert.True(l.Valid, l.ToString()));
        Assert.Equal(["slack"], (await LookAsync(options, "slack")).Select(l => l.Name));

        discord.Token = "MTIz.another.token-of-a-bot-that-was-reset";
        slack.BotToken = "xoxb-1111-2222-another-one";
        model.Key = "sk-another-0123456789abcdefghijklmn";
        var looks = await LookAsync(options);
        Assert.Equal([("discord", false), ("models", false), ("slack", false), ("telegram", true)], looks.Select(l => (l.Name, l.Valid == true)).Order());
        Assert.All(looks.Where(l => l.Name != "telegram"), l => Assert.False(l.Valid, l.ToString()));
        Assert.DoesNotContain(looks, l => new[] { options.Telegram.Token, options.Discord.Token, options.Slack.BotToken, options.Slack.AppToken, "sk-loopback" }.Any(s => l.Text.Contains(s, StringComparison.Ordinal)));

        options.Telegram.ApiBase = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}");
        Assert.Null(Assert.Single(await LookAsync(options, "telegram")).Valid);
    }

    [Fact]
    public async Task The_keys_of_speech_and_search_are_asked_after_where_they_are_configured()
    {
        await using var speech = await TranscriptionServer.StartAsync();
        var taken = speech.Key;
        await using var search = await WebServer.StartAsync(c => c.Request.Headers["X-Subscription-Token"] == taken
            ? WebServer.SayAsync(c, "application/json", """{"type":"search","web":{"type":"search","results":[]}}""")
            : WebServer.SayAsync(c, "application/json", "{}", 401));
        var options = new ChatOpsOptions();
        Assert.Empty(await LookAsync());

        (options.Speech.Provider, options.Speech.BaseUrl, options.Speech.ApiKey) = (SpeechProvider.OpenAI, speech.BaseUrl, taken);
        (options.Search.Provider, options.Search.BaseUrl, options.Search.ApiKey) = (WebSearchProvider.Brave, search.Root.ToString(), taken);
        Assert.Equal([("search", true), ("speech", true)], (await LookAsync()).Select(l => (l.Name, l.Valid)).Order());

        options.Search.ApiKey = speech.Key = "sk-test-another-0123456789abcd";
        var looks = await LookAsync("speech", "search");
        Assert.Equal([("speech", false), ("search", false)], looks.Select(l => (l.Name, l.Valid)));
        Assert.DoesNotContain(looks, l => l.Text.Contains(taken, StringComparison.Ordinal) || l.Text.Contains(speech.Key, StringComparison.Ordinal));

        await speech.DisposeAsync();
        Assert.Null(Assert.Single(await LookAsync("speech")).Valid);

        async Task<IReadOnlyList<CredentialLook>> LookAsync(params string[] names)
        {
            await using var services = new ServiceCollection()
                .AddLogging().AddSingleton(TimeProvider.System).AddSingleton<IEgress>(new EgressGuard(new EgressOptions())).AddSingleton(new ToolsOptions { DataDirectory = "data", Search = options.Search })
                .AddSecrets(new SecretsOptions { Key = new byte[SecretsOptions.MinKeyLength] }).AddSpeech(options.Speech).AddSingleton<ICredentialProbe, SearchKey>().BuildServiceProvider();
            return await new ConfiguredCredentials(Setup(options), services.GetServices<ICredentialProbe>()).LookAsync(names, Token);
        }
    }

    [Fact]
    public async Task What_is_not_configured_is_told_as_such_and_nothing_configured_is_nothing_to_look_at()
    {
        Assert.Empty(await LookAsync(new ChatOpsOptions()));
        Assert.Contains("not configured", Assert.Single(await LookAsync(new ChatOpsOptions(), "discord")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"exp":1800000000}""", 1800000000L)]
    [InlineData("""{"exp":"soon"}""", null)]
    [InlineData("""{"iat":1}""", null)]
    [InlineData("[1]", null)]
    [InlineData("no json", null)]
    public void A_token_that_says_when_it_ends_is_believed_and_any_other_says_nothing(string claims, long? seconds)
    {
        var token = $"{Base64Url.EncodeToString("{}"u8)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.c2ln";

        Assert.Equal(seconds is { } s ? DateTimeOffset.FromUnixTimeSeconds(s) : null, ConfiguredCredentials.EndOf(token));
        Assert.Null(ConfiguredCredentials.EndOf("7000000001:AAE-loopback_token_0123456789abcdefg"));
        Assert.Null(ConfiguredCredentials.EndOf("a.%%%.c"));
    }

    private static Task<IReadOnlyList<CredentialLook>> LookAsync(ChatOpsOptions options, params string[] names) =>
        new ConfiguredCredentials(Setup(options), []).LookAsync(names, Token);

    private static GatewaySetup Setup(ChatOpsOptions options) => new(GatewayMode.Command, options, new GatewayPlaces(null, "workspace"), "data");
}
