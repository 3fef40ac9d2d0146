using System.Text.Json;
using ChatOps.Agent.Models;
using ChatOps.Testing.Models;
using Microsoft.Extensions.AI;

namespace ChatOps.Tests.Agent.Models;

/// <summary>Both protocols, streamed and whole, against servers that refuse what the services refuse.</summary>
public sealed class ProtocolTests
{
    private static readonly AIFunctionDeclaration Restart = AIFunctionFactory.CreateDeclaration(
        "restart", "Restarts a service.", JsonDocument.Parse("""{"type":"object","properties":{"name":{"type":"string"},"force":{"type":"boolean"}},"required":["name"]}""").RootElement.Clone());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, bool> Wires => new() { { "openai", true }, { "openai", false }, { "anthropic", true }, { "anthropic", false }, { "groq", true } };

    [Theory, MemberData(nameof(Wires))]
    public async Task A_text_comes_whole_with_what_it_cost(string provider, bool streaming)
    {
        await using var server = await ModelServer.StartAsync(ModelReply.Say("Everything runs. Größe: 3 Ω 🚀 done.") with { InputTokens = 321, OutputTokens = 45, ModelId = "scripted-2026-01-01" });
        await using var harness = Harness(server, provider, streaming);
        var step = await harness.StepAsync(ModelsHarness.Ask("How is it?"), Cancel);
        Assert.Equal("Everything runs. Größe: 3 Ω 🚀 done.", step.Message.Text);
        Assert.Equal(step.Message.Text, harness.ShownText);
        Assert.Equal((321, 45, "scripted-2026-01-01", "main"), (step.InputTokens, step.OutputTokens, step.ModelId, step.ModelName));
        Assert.Equal(ChatFinishReason.Stop, step.Finish);
        Assert.Empty(server.Violations);
        Assert.Equal("You help.", server.Requests.Single().System);
        if (streaming) Assert.True(harness.Shown.Count > 3);
    }

    [Theory, MemberData(nameof(Wires))]
    public async Task Calls_come_with_their_arguments_and_their_results_go_back(string provider, bool streaming)
    {
        await using var server = await ModelServer.StartAsync(
            ModelReply.CallAll(new("restart", """{"name":"nginx \"1\"","force":true}"""), new("restart", """{"name":"redis"}""")) with { Text = "I restart both." },
            ModelReply.Say("Both run."));
        await using var harness = Harness(server, provider, streaming);
        var asked = ModelsHarness.Ask("Restart them", Restart);
        var step = await harness.StepAsync(asked, Cancel);
        Assert.Equal("I restart both.", step.Message.Text);
        Assert.Equal(ChatFinishReason.ToolCalls, step.Finish);
        var calls = step.Message.Contents.OfType<FunctionCallContent>().ToList();
        Assert.Equal(["nginx \"1\"", "redis"], calls.Select(c => c.Arguments!["name"]!.ToString()));
        Assert.Equal("True", calls[0].Arguments!["force"]!.ToString());
        Assert.Equal(2, calls.Select(c => c.CallId).Distinct().Count());

        ChatMessage results = new(ChatRole.Tool, [.. calls.Select(c => new FunctionResultContent(c.CallId, $"{c.Arguments!["name"]} restarted"))]);
        var end = await harness.StepAsync(ModelsHarness.Ask([.. asked.Messages, step.Message, results], Restart), Cancel);
        Assert.Equal("Both run.", end.Message.Text);
        Assert.Empty(server.Violations);
        Assert.Equal(["restart"], server.Requests[1].Tools);
        Assert.Contains("redis restarted", server.Requests[1].Messages.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Wires))]
    public async Task Arguments_that_are_no_JSON_never_become_a_call_without_arguments(string provider, bool streaming)
    {
        if (provider == "anthropic" && !streaming) return; // Its input is JSON in the answer itself; a whole answer with broken JSON is none.
        await using var server = await ModelServer.StartAsync(ModelReply.Call("restart", """{"name": "ngi"""));
        await using var harness = Harness(server, provider, streaming);
        try
        {
            var step = await harness.StepAsync(ModelsHarness.Ask("Restart", Restart), Cancel);
            var call = Assert.Single(step.Message.Contents.OfType<FunctionCallContent>());
            Assert.NotEmpty(call.Arguments!);
            Assert.DoesNotContain("name", call.Arguments!.Keys);
        }
        catch (ModelException e)
        {
            Assert.Equal(ModelFailure.Malformed, e.Failure);
        }
    }

    [Theory, MemberData(nameof(Wires))]
    public async Task A_model_that_declines_says_so_and_is_not_asked_again(string provider, bool streaming)
    {
        await using var server = await ModelServer.StartAsync(ModelReply.Decline("I cannot help with that."));
        await using var harness = Harness(server, provider, streaming);
        var failure = await harness.FailAsync(ModelsHarness.Ask("Do it"), Cancel);
        Assert.Equal(ModelFailure.Refused, failure.Failure);
        Assert.Contains("declines", failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory, MemberData(nameof(Wires))]
    public async Task An_answer_that_ends_at_the_most_tokens_says_so(string provider, bool streaming)
    {
        await using var server = await ModelServer.StartAsync(ModelReply.Say("And then it") with { TooLong = true });
        await using var harness = Harness(server, provider, streaming);
        var step = await harness.StepAsync(ModelsHarness.Ask("Tell me"), Cancel);
        Assert.Equal(ChatFinishReason.Length, step.Finish);
        Assert.Equal("And then it", step.Message.Text);
    }

    [Fact]
    public async Task Services_that_number_all_calls_alike_or_give_them_no_ids_are_understood()
    {
        var stream = """
            data: {"id":"a1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,"id":"x","type":"function","function":{"name":"restart","arguments":"{\"name\":\"a\"}"}}]},"finish_reason":null}]}

            data: {"id":"a1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"y","type":"function","function":{"name":"restart","arguments":"{\"name\":\"b\"}"}}]},"finish_reason":null}]}

            data: {"id":"a1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"","type":"function","function":{"name":"restart","arguments":"{\"name\":\"c\"}"}}]},"finish_reason":"tool_calls"}]}

            data: [DONE]


            """.ReplaceLineEndings("\n");
        await using var server = await ModelServer.StartAsync(new ModelReply { Raw = stream });
        await using var harness = Harness(server, "gemini", true);
        var calls = (await harness.StepAsync(ModelsHarness.Ask("Restart", Restart), Cancel)).Message.Contents.OfType<FunctionCallContent>().ToList();
        Assert.Equal(["a", "b", "c"], calls.Select(c => c.Arguments!["name"]!.ToString()));
        Assert.Equal(3, calls.Select(c => c.CallId).Distinct().Count());
    }

    [Fact]
    public async Task Each_provider_gets_its_own_word_for_the_most_tokens()
    {
        await using var server = await ModelServer.StartAsync(ModelReply.Say("a"), ModelReply.Say("b"));
        await using (var openAi = Harness(server, "openai", true)) await openAi.StepAsync(ModelsHarness.Ask("?"), Cancel);
        await using (var groq = Harness(server, "groq", true)) await groq.StepAsync(ModelsHarness.Ask("?"), Cancel);
        Assert.Equal(4096, server.Requests[0].Body["max_completion_tokens"]!.GetValue<int>());
        Assert.Equal(4096, server.Requests[1].Body["max_tokens"]!.GetValue<int>());
        Assert.Empty(server.Violations);
    }

    private static ModelsHarness Harness(ModelServer server, string provider, bool streaming)
    {
        var entry = ModelsHarness.Entry(server, provider);
        entry.Streaming = streaming;
        return new ModelsHarness(ModelsHarness.Options(entry));
    }
}
