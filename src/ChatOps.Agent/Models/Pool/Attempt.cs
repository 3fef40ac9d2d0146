using System.ClientModel;
using System.Text.Json;
using Anthropic.Exceptions;
using ChatOps.Agent.Models.Wire;
using Microsoft.Extensions.AI;

namespace ChatOps.Agent.Models.Pool;

/// <summary>One request to one endpoint. Every way in which it can fail becomes an <see cref="EndpointException"/>.</summary>
/// <param name="endpoint">Who is asked.</param>
/// <param name="time">The clock of the limits.</param>
internal sealed class Attempt(ModelEndpoint endpoint, TimeProvider time)
{
    /// <summary>The longest text of one answer, in characters.</summary>
    public const int MaxText = 1024 * 1024;

    private const int MaxRefusal = 300;

    private readonly ModelOptions entry = endpoint.Entry;
    private readonly List<AIContent> calls = [];
    private readonly UsageDetails usage = new();
    private int characters;
    private ChatFinishReason? finish;
    private string? modelId;
    private string? refusal;
    private bool begun;

    /// <summary>Asks; text goes to <paramref name="text"/> as it comes.</summary>
    public async Task<AttemptResult> RunAsync(IReadOnlyList<ChatMessage> messages, ChatOptions options, ShownText text, CancellationToken cancellationToken)
    {
        using var whole = new CancellationTokenSource(entry.Timeout, time);
        using var word = new CancellationTokenSource(entry.Streaming ? entry.FirstTokenTimeout : Timeout.InfiniteTimeSpan, time);
        using var all = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, whole.Token, word.Token);
        try
        {
            if (entry.Streaming)
            {
                await foreach (var update in endpoint.Client.GetStreamingResponseAsync(messages, options, all.Token))
                {
                    word.CancelAfter(entry.FirstTokenTimeout);
                    Take(update.Contents, update.ModelId, update.FinishReason, text);
                }
            }
            else
            {
                var response = await endpoint.Client.GetResponseAsync(messages, options, all.Token);
                usage.Add(response.Usage ?? new UsageDetails());
                foreach (var message in response.Messages) Take(message.Contents, response.ModelId, response.FinishReason, text);
            }

            return Finish(text);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw TooSlow(whole.IsCancellationRequested);
        }
        catch (EndpointException e) when (begun && !e.MayCost)
        {
            throw new EndpointException(e.Failure, e.Message) { CanRetry = e.CanRetry, CanFallBack = e.CanFallBack, RetryAfter = e.RetryAfter, IsIllness = e.IsIllness, Code = e.Code, MayCost = true };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or AnthropicIOException)
        {
            throw BrokeOff(e.GetType().Name);
        }
        catch (Exception e) when (e is JsonException or AnthropicInvalidDataException or FormatException or KeyNotFoundException or ArgumentException or InvalidOperationException)
        {
            // What the libraries throw at an answer that is not what the protocol promises.
            throw new EndpointException(ModelFailure.Malformed, $"The model '{entry.Name}' gave an answer that is not what the protocol promises. Look at Provider and BaseUrl of this model.")
            {
                CanRetry = true, IsIllness = true, MayCost = true, Code = e.GetType().Name,
            };
        }
        catch (Exception e) when (e is ClientResultException or AnthropicException)
        {
            throw InnerOf(e) ?? ErrorInStream(e);
        }
    }

    private void Take(IEnumerable<AIContent> contents, string? model, ChatFinishReason? reason, ShownText text)
    {
        begun = true;
        modelId ??= model is { Length: > 0 } ? model : null;
        finish ??= reason;
        foreach (var content in contents)
        {
            switch (content)
            {
                case TextContent { Text.Length: > 0 } words:
                    characters += words.Text.Length;
                    if (characters > MaxText) throw new EndpointException(ModelFailure.Malformed, $"The model '{entry.Name}' does not stop talking; it was stopped. Set MaxTokens of this model.") { IsIllness = false };
                    text.Add(words.Text);
                    break;
                case FunctionCallContent call:
                    calls.Add(call.Exception is null ? call : ToolCallText.Broken(call.CallId, call.Name, ""));
                    break;
                case UsageContent counted:
                    usage.Add(counted.Details);
                    break;
                case ErrorContent declined:
                    refusal += declined.Message;
                    break;
            }
        }
    }

    private AttemptResult Finish(ShownText text)
    {
        if (refusal is not null || finish == ChatFinishReason.ContentFilter) throw Declined();

        // A stream without an end is one that was cut, whatever came before.
        if (finish is null) throw BrokeOff("no end");
        text.Complete();
        return new AttemptResult(calls, usage, modelId ?? entry.Model, finish);
    }

    private EndpointException Declined()
    {
        var words = refusal is not { Length: > 0 } said ? "" : $": \"{(said.Length <= MaxRefusal ? said : said[..MaxRefusal] + "…")}\"";
        return new(ModelFailure.Refused, $"The model '{entry.Name}' declines to answer{words}. Ask in another way, or use a command.") { CanFallBack = false, MayCost = true, Code = "refusal" };
    }

    private EndpointException BrokeOff(string code) =>
        new(ModelFailure.Truncated, $"The answer of the model '{entry.Name}' broke off. Try again.") { CanRetry = true, IsIllness = true, MayCost = begun, Code = code };

    private EndpointException TooSlow(bool whole) => new(
        ModelFailure.Unreachable,
        whole ? $"The model '{entry.Name}' did not finish within {entry.Timeout.TotalSeconds:0} s (Timeout)." : $"The model '{entry.Name}' said nothing for {entry.FirstTokenTimeout.TotalSeconds:0} s (FirstTokenTimeout).")
    {
        CanRetry = !whole, IsIllness = true, MayCost = true, Code = whole ? "timeout" : "first-token",
    };

    // A service may report an error after it has begun to answer.
    private EndpointException ErrorInStream(Exception e) => new(ModelFailure.Overloaded, $"The model '{entry.Name}' reported an error instead of going on. Try again in a moment.")
    {
        CanRetry = true, IsIllness = true, MayCost = begun, Code = (e as AnthropicServiceException)?.ErrorCode ?? e.GetType().Name,
    };

    private static EndpointException? InnerOf(Exception e)
    {
        for (var inner = e.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (inner is EndpointException known) return known;
        }

        return null;
    }
}
