using ChatOps.Agent.Context;
using ChatOps.Models;
using ChatOps.Secrets;
using Microsoft.Extensions.AI;

namespace ChatOps.Agent.Models;

/// <summary>Asks the configured model once.</summary>
internal sealed class ModelOpinion(IModels models, IRedactor redactor, TimeProvider time) : IModelOpinion
{
    /// <summary>Longest answer.</summary>
    private const int MaxCharacters = 4_000;

    private const double InputShare = 0.6;
    private static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public async Task<string?> AskAsync(string question, string facts, string principal, string conversationId, CancellationToken cancellationToken)
    {
        if (!models.Any) return null;
        var limits = models.LimitsOf(null);
        var input = (int)((limits.ContextTokens - limits.OutputTokens) * InputShare * TokenEstimate.BytesPerToken);
        using var limit = new CancellationTokenSource(MaxTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var request = new ModelRequest(
                null, [new(ChatRole.System, question), new(ChatRole.User, OutsideText.Fence("the gateway's record", ShortText.Of(facts, Math.Max(MaxCharacters, input))))], [], new ModelPayer(principal, conversationId, null));
            var step = await models.StepAsync(request, static _ => { }, either.Token);
            var text = redactor.Redact(redactor.Neutralise(step.Message.Text)).Trim();
            return text.Length == 0 ? null : ShortText.Of(text, MaxCharacters);
        }
        catch (ModelException)
        {
            // The facts stand for themselves; 'doctor' and 'status' say what is wrong with the model.
            return null;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
