namespace ChatOps.Host.Api;

/// <summary>What the API document says about everything that is not a tool.</summary>
internal static class OpenApiPaths
{
    /// <summary>Addresses.</summary>
    public static IReadOnlyList<(string Path, string Method, string Id, string Summary, IReadOnlyList<(string Name, string In, string Description)> Parameters)> Other { get; } =
    [
        ("/api/tools", "get", "list_tools", "Tools that the token may use.", []),
        ("/api/invocations/{id}", "get", "find_invocation", "What became of an invocation.",
            [("id", "path", "The invocation."), ("wait", "query", "Wait so long for its end (30s, at most 50s)."),
             ("stream", "query", "true: JSON lines with what it shows meanwhile and each node as it ends, also those that had ended before; the outcome last.")]),
        ("/api/files/{id}", "get", "read_output_file", "The whole output of an invocation.", [("id", "path", "The invocation.")]),
        ("/api/uploads", "post", "upload_file", "Hand over a file for a tool that takes one (put_file); the body is its content. Answers { id, bytes }.", []),
        ("/api/audit/export", "get", "stream_audit", "Audit records as JSON Lines or CSV, however many.",
            [("since", "query", "How far back: 24h, 30d."), ("format", "query", "jsonl or csv.")]),
        ("/api/chat/messages", "post", "post_chat_message", "Say something in a conversation: { conversation?, clientId, text }.", []),
        ("/api/chat/{conversation}/events", "get", "watch_chat", "What changes in a conversation, as JSON lines, from the line `ready` on. A request ends after 5 minutes; listen again.",
            [("conversation", "path", "The conversation's name."), ("recent", "query", "Send so many of the newest entries before `ready`, and again after a line `resync` (0, at most 200).")]),
        ("/health/live", "get", "health_live", "200 while the process answers. No token.", []),
        ("/health/ready", "get", "health_ready", "Each part and its state; 503 when one has failed. No token.", []),
        ("/metrics", "get", "metrics", "Prometheus text.", []),
    ];

    /// <summary>Shared schemas.</summary>
    public const string Schemas = """
        {
          "Outcome": {
            "type": "object",
            "required": ["invocation", "status", "result", "audit", "summary"],
            "properties": {
              "invocation": { "type": "string" },
              "status": { "enum": ["done", "refused", "waiting", "failed", "partial", "unknown", "running"] },
              "approval": { "type": "string", "description": "The approval it waits or waited for." },
              "result": { "description": "What the tool answers, for programs; null when it did not run." },
              "audit": { "type": ["string", "null"], "description": "The audit record." },
              "summary": { "type": "string", "description": "One sentence for people." },
              "failure": { "type": "string", "description": "Stable code of why it is not done." },
              "rule": { "type": "string", "description": "The rule that refused or asked." },
              "retryAfter": { "type": "integer", "description": "Seconds to wait before the next call, where calls came too fast." },
              "message": { "type": "object", "description": "What the tool answers, for people: blocks." }
            }
          },
          "Problem": {
            "type": "object",
            "required": ["status", "code", "message"],
            "properties": {
              "status": { "type": "integer" },
              "code": { "type": "string", "description": "Stable." },
              "message": { "type": "string", "description": "For people." }
            }
          }
        }
        """;
}
