using ChatOps.Agent.Models;
using Microsoft.Extensions.AI;

namespace ChatOps.Agent.Context;

/// <summary>Messages that stay together: an exchange, or a model's step with the results of its calls.</summary>
/// <param name="id">The newest id of the store in it; empty for a part of the turn that is going on.</param>
/// <param name="messages">The messages.</param>
internal sealed class ContextPart(string id, IReadOnlyList<ChatMessage> messages)
{
    /// <summary>The newest id of the store in it.</summary>
    public string Id { get; } = id;

    /// <summary>The messages.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; } = messages;

    /// <summary>Their estimated tokens.</summary>
    public int Tokens { get; } = messages.Sum(TokenEstimate.Of);

    /// <summary>The messages of one turn's steps as parts: a model's message with the results of its calls.</summary>
    public static IReadOnlyList<ContextPart> OfSteps(IReadOnlyList<ChatMessage> messages)
    {
        var parts = new List<List<ChatMessage>>();
        foreach (var message in messages)
        {
            if (message.Role == ChatRole.Tool && parts.Count > 0) parts[^1].Add(message);
            else parts.Add([message]);
        }

        return [.. parts.Select(p => new ContextPart("", p))];
    }

    /// <summary>The part with results of calls of at most so many characters; the same part when none is longer.</summary>
    public ContextPart WithResults(int characters)
    {
        if (!Messages.Any(m => m.Contents.OfType<FunctionResultContent>().Any(r => Text(r).Length > characters))) return this;
        return new(Id, [.. Messages.Select(m => new ChatMessage(m.Role, [.. m.Contents.Select(c => c is FunctionResultContent r ? new FunctionResultContent(r.CallId, ShortText.Of(Text(r), characters)) : c)]))]);
    }

    private static string Text(FunctionResultContent result) => result.Result?.ToString() ?? "";
}
