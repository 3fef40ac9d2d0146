using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ChatOps.Mcp.Serving;

/// <summary>Makes the server of a session: it lists tools and calls them, and offers nothing else of the protocol.</summary>
internal sealed class McpServers(ToolOffer offer, McpCalls calls, InvocationLook look, McpOptions options, TimeProvider time)
{
    private const string Instructions =
        "These tools act on the machines and services of a team, as the person whose token is used. Every call is authorised, recorded and, where a rule asks, decided by people first. "
        + "An answer says in its first text how the call ended. 'waiting' means that people decide; look later with the tool 'invocation' and the id, and do not call again. "
        + "'unknown' means that it may have had its effect: look before anything is repeated. Nothing can be approved from here.";

    /// <summary>A session whose server answers.</summary>
    public McpSession Create(string id, McpCaller caller, TimeSpan? wait)
    {
        // Of what passes here nothing is for the log: the gate records.
        var transport = new StreamableHttpServerTransport(NullLoggerFactory.Instance) { SessionId = id };
        var session = new McpSession(id, caller, wait ?? options.Wait, transport, time);
        session.Start(McpServer.Create(transport, Options(session), NullLoggerFactory.Instance, null));
        return session;
    }

    private McpServerOptions Options(McpSession session) => new()
    {
        ServerInfo = new Implementation { Name = "chatops", Title = "ChatOps", Version = typeof(McpServers).Assembly.GetName().Version!.ToString(3) },
        ServerInstructions = Instructions,
        Capabilities = new ServerCapabilities { Tools = new ToolsCapability { ListChanged = true } },
        Handlers = new McpServerHandlers
        {
            ListToolsHandler = (_, _) =>
            {
                session.Listed = offer.Fingerprint(session.Caller);
                return ValueTask.FromResult(new ListToolsResult { Tools = [.. offer.For(session.Caller).Select(ToolOffer.Describe), InvocationLook.Definition] });
            },
            CallToolHandler = async (request, cancellationToken) => request.Params.Name == InvocationLook.Name
                ? await look.AnswerAsync(session, request.Params, cancellationToken)
                : await calls.CallAsync(session, request.Params, request.Server, cancellationToken),
        },
    };
}
