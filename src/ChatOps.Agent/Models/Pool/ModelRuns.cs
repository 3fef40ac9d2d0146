using System.Diagnostics;
using ChatOps.Agent.Models.Costs;
using ChatOps.Agent.Models.Wire;
using ChatOps.Costs;
using ChatOps.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace ChatOps.Agent.Models.Pool;

/// <summary>Runs a step on one model: tries, waits as the service asks, tries at another endpoint, goes on where an answer broke off.</summary>
internal sealed partial class ModelRuns(ModelsOptions options, CostLedger ledger, TimeProvider time, ILogger<ModelRuns> log)
{
    private const string GoOn =
        "[Your last message was cut off in transmission. Go on exactly where it ends, without repeating anything of it and without remarking on this.]";

    /// <summary>Runs it.</summary>
    /// <exception cref="EndpointException">The model has no answer.</exception>
    public async Task<ModelStep> RunAsync(ModelPool pool, ModelRequest request, ShownText text, CancellationToken cancellationToken)
    {
        await pool.EnterAsync(cancellationToken);
        try
        {
            var tried = new List<ModelEndpoint>();
            return await Retries(pool, tried).ExecuteAsync(async token => await TryAsync(pool, request, text, tried, token), cancellationToken);
        }
        finally
        {
            pool.Leave();
        }
    }

    private async Task<ModelStep> TryAsync(ModelPool pool, ModelRequest request, ShownText text, List<ModelEndpoint> tried, CancellationToken cancellationToken)
    {
        var endpoint = pool.Take(tried);
        text.Continue();
        var before = text.Text;
        IReadOnlyList<ChatMessage> messages = before.Length == 0 ? request.Messages
            : [.. request.Messages, new ChatMessage(ChatRole.Assistant, before), new ChatMessage(ChatRole.User, GoOn)];
        UsageRow? reserved = null;
        var mayCost = false;
        using var span = Tracing.Step("chat", ActivityKind.Client);
        span?.SetTag("gen_ai.operation.name", "chat").SetTag("gen_ai.provider.name", endpoint.Entry.Provider).SetTag("gen_ai.request.model", endpoint.Entry.Model)
            .SetTag("server.address", new Uri(Connections.AddressOf(endpoint.Entry)).Host);
        try
        {
            var result = await endpoint.Circuit.ExecuteAsync(
                async token =>
                {
                    reserved = await ledger.ReserveAsync(endpoint.Entry, request.Payer, messages, request.Tools, token);
                    mayCost = true;
                    return await new Attempt(endpoint, time).RunAsync(messages, Options(endpoint, request), text, token);
                },
                cancellationToken);
            endpoint.Answered();
            var step = Step(endpoint, messages, request, result, text.Text, before);
            span?.SetTag("gen_ai.response.model", step.ModelId).SetTag("gen_ai.usage.input_tokens", step.InputTokens).SetTag("gen_ai.usage.output_tokens", step.OutputTokens);
            var cost = ledger.Settled(endpoint.Entry, reserved!, step, result.Usage);
            if (!request.KeepsCost) await ledger.WriteAsync(cost);
            reserved = null;
            return request.KeepsCost ? step with { Cost = cost } : step;
        }
        catch (BrokenCircuitException)
        {
            throw new EndpointException(ModelFailure.Unreachable, $"The model '{pool.Name}' failed again and again and is left in peace for {options.CircuitBreak.TotalSeconds:0} s. Try again then; commands work without it.") { Code = "circuit" };
        }
        catch (EndpointException e)
        {
            mayCost = e.MayCost;
            span?.SetTag("error.type", e.Failure.ToString()).SetStatus(ActivityStatusCode.Error);
            tried.Add(endpoint);
            endpoint.Failed(e.Message);
            LogFailed(pool.Name, new Uri(Connections.AddressOf(endpoint.Entry)).Authority, e.Failure, e.Code);
            throw;
        }
        finally
        {
            endpoint.End();
            if (reserved is not null) await ledger.FailAsync(endpoint.Entry, reserved, mayCost, text.Text[before.Length..]);
        }
    }

    private ResiliencePipeline Retries(ModelPool pool, List<ModelEndpoint> tried)
    {
        if (pool.Attempts == 1) return ResiliencePipeline.Empty;
        return new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = pool.Attempts - 1, Delay = options.RetryDelay, BackoffType = DelayBackoffType.Exponential, UseJitter = true, MaxDelay = options.MaxRetryWait,
            ShouldHandle = new PredicateBuilder().Handle<EndpointException>(e => IsWorthIt(e, HasAnother(pool, tried))),
            DelayGenerator = args => ValueTask.FromResult(HasAnother(pool, tried) ? TimeSpan.Zero : (args.Outcome.Exception as EndpointException)?.RetryAfter),
        }).Build();
    }

    // Another endpoint may know the model, have another key or have more time: nobody waits for the one that failed.
    private bool IsWorthIt(EndpointException failure, bool hasAnother) =>
        hasAnother ? failure.CanFallBack : failure.CanRetry && (failure.RetryAfter is null || failure.RetryAfter <= options.MaxRetryWait);

    private static bool HasAnother(ModelPool pool, List<ModelEndpoint> tried) => pool.Endpoints.Any(e => !e.IsResting && !tried.Contains(e));

    private static ChatOptions Options(ModelEndpoint endpoint, ModelRequest request) => new()
    {
        MaxOutputTokens = endpoint.Entry.MaxTokens, Temperature = (float?)endpoint.Entry.Temperature, Tools = request.Tools.Count == 0 ? null : [.. request.Tools],
    };

    private static ModelStep Step(ModelEndpoint endpoint, IReadOnlyList<ChatMessage> messages, ModelRequest request, AttemptResult result, string text, string before)
    {
        List<AIContent> contents = text.Length == 0 ? [] : [new TextContent(text)];
        contents.AddRange(result.Calls);

        // Some servers count nothing; an estimate is nearer to the truth than nothing.
        var input = result.Usage.InputTokenCount ?? messages.Sum(TokenEstimate.Of) + request.Tools.Sum(TokenEstimate.Of);
        var output = result.Usage.OutputTokenCount ?? TokenEstimate.Of(new ChatMessage(ChatRole.Assistant, contents)) - TokenEstimate.Of(before);
        return new ModelStep(new ChatMessage(ChatRole.Assistant, contents), input, output, result.ModelId, endpoint.Entry.Name, result.Finish);
    }
}
