using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOps.Rendering;
using ChatOps.Tools;
using ModelContextProtocol.Protocol;

namespace ChatOps.Mcp.Serving;

/// <summary>An outcome as an MCP client gets it: first the gateway's own words, then what the tool says, each a text of its own; and all of it as data.</summary>
internal static class McpAnswer
{
    /// <summary>The answer.</summary>
    public static CallToolResult Of(InvocationOutcome outcome)
    {
        var body = outcome.Result is { } result ? PlainMessage.Of(result.Message).Trim() : "";
        var content = new List<ContentBlock> { new TextContentBlock { Text = Head(outcome) } };
        if (body.Length > 0 && body != outcome.Summary) content.Add(new TextContentBlock { Text = Bounded(outcome.InvocationId, body) });
        return new CallToolResult
        {
            Content = content,
            StructuredContent = JsonSerializer.SerializeToElement(Data(outcome)),
            IsError = outcome.Status is InvocationStatus.Refused or InvocationStatus.Failed or InvocationStatus.Partial or InvocationStatus.Unknown,
        };
    }

    /// <summary>Why nothing was called.</summary>
    public static CallToolResult Problem(string text) => new()
    {
        Content = [new TextContentBlock { Text = text }],
        StructuredContent = JsonSerializer.SerializeToElement(new JsonObject { ["status"] = "refused", ["summary"] = text }),
        IsError = true,
    };

    private static string Head(InvocationOutcome outcome)
    {
        var head = $"Invocation {outcome.InvocationId}: " + outcome.Status switch
        {
            InvocationStatus.Done => "done.",
            InvocationStatus.Refused => "refused, nothing ran.",
            InvocationStatus.Failed => "failed.",
            InvocationStatus.Partial => "done on some targets, failed on others.",
            InvocationStatus.Unknown => "started, but whether it had its effect is NOT known. Do not repeat it; look first.",
            InvocationStatus.Waiting => $"waiting for people to decide. Nothing has run yet. Do not call it again: look later with the tool {InvocationLook.Name}.",
            _ => $"still running. Do not call it again: look later with the tool {InvocationLook.Name}.",
        };
        if (outcome is { Status: InvocationStatus.Refused, Rule: { Length: > 0 } rule }) head += $" Rule: {rule}.";
        return outcome.Summary.Length == 0 ? head : $"{head} {outcome.Summary}";
    }

    // The names are those of POST /api/tools/{name}.
    private static JsonObject Data(InvocationOutcome outcome)
    {
        var data = new JsonObject { ["invocation"] = outcome.InvocationId, ["status"] = JsonNamingPolicy.CamelCase.ConvertName(outcome.Status.ToString()), ["summary"] = outcome.Summary };
        if (outcome.ApprovalId is { } approval) data["approval"] = approval;
        if (outcome.AuditId is { } audit) data["audit"] = audit;
        if (outcome.Failure != FailureCode.None) data["failure"] = JsonNamingPolicy.CamelCase.ConvertName(outcome.Failure.ToString());
        if (outcome.Rule is { } rule) data["rule"] = rule;
        if (outcome.RetryAfter is { } wait) data["retryAfter"] = Math.Ceiling(wait.TotalSeconds);
        if (outcome.Result?.DataJson is not { } json) return data;
        if (json.Length <= McpBounds.DataCharacters) data["result"] = JsonNode.Parse(json);
        else data["resultOmitted"] = string.Create(CultureInfo.InvariantCulture, $"The result has {json.Length} characters. GET /api/invocations/{outcome.InvocationId} has it whole.");
        return data;
    }

    private static string Bounded(string invocationId, string body)
    {
        if (body.Length <= McpBounds.AnswerCharacters) return body;
        var head = TextSplitter.Split(body, McpBounds.AnswerCharacters * 2 / 3, static t => t.Length, fenced: false)[0];
        var tail = TextSplitter.Tail(body, McpBounds.AnswerCharacters / 3);
        return string.Create(CultureInfo.InvariantCulture,
            $"{head}\n[… {body.Length - head.Length - tail.Length} characters are left out here; GET /api/invocations/{invocationId} has them. Call again for a narrower part …]\n{tail}");
    }
}
