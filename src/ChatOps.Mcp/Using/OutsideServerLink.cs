using ChatOps.Channels;
using ChatOps.Outside;
using ChatOps.Secrets;
using ChatOps.Skills;
using ChatOps.Tools;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ChatOps.Mcp.Using;

/// <summary>The connection to one server: made, kept, and made again. Whatever the server does, its tools are off, the health says so, and the gateway goes on.</summary>
internal sealed class OutsideServerLink(OutsideServerOptions options, ToolPins pins, ITextScan scan, IEgress egress, ISecretReferences secrets, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim calls = new(OutsideBounds.CallsAtOnce);
    private readonly SemaphoreSlim otherTools = new(0);
    private volatile McpClient? client;
    private volatile string state = "not connected yet.";
    private volatile IReadOnlyList<OutsideTool> tools = [];

    public string Name => options.Name;

    public OutsideServer Server => new(options.Name, options.Url is { } url ? new Uri(url).GetLeftPart(UriPartial.Path) : CommandWords.Split(options.Command!)![0], client is not null, state);

    /// <summary>What can be called: nothing while there is no connection.</summary>
    public IReadOnlyList<OutsideTool> Tools => client is null ? [] : tools;

    /// <summary>Keeps it connected until the gateway stops.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        var pause = OutsideBounds.FirstPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            var began = time.GetTimestamp();
            var why = await ConnectedAsync(cancellationToken);
            if (cancellationToken.IsCancellationRequested) return;
            pause = time.GetElapsedTime(began) > OutsideBounds.Steady ? OutsideBounds.FirstPause : pause;
            state = $"{why} It is tried again in {pause.TotalSeconds:0} s.";
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < OutsideBounds.LongestPause ? pause * 2 : OutsideBounds.LongestPause;
        }
    }

    public async Task<OutsideResult> CallAsync(OutsideTool tool, ToolArguments arguments, IToolProgress progress, CancellationToken cancellationToken)
    {
        if (client is not { } now) return new(OutsideEnd.NotCalled, $"The MCP server {Name} is not connected: {state} Nothing was called.");
        if (Find(tool.Manifest.Name) is not { WhyNot: null } current || current.Hash != tool.Hash) return new(OutsideEnd.NotCalled, $"{tool.Manifest.Name} is not defined any more as it was. Nothing was called.");
        if (!calls.Wait(0, CancellationToken.None)) return new(OutsideEnd.NotCalled, $"{OutsideBounds.CallsAtOnce} calls of the MCP server {Name} run already. Nothing was called; try again later.");
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var result = await now.CallToolAsync(new CallToolRequestParams { Name = tool.Name, Arguments = ToolTranslation.ArgumentsOf(current, arguments) }, either.Token);
            return OutsideAnswer.Of(result);
        }
        catch (OperationCanceledException)
        {
            return new(OutsideEnd.Unknown, cancellationToken.IsCancellationRequested
                ? $"It was stopped while the MCP server {Name} had it; whether it had its effect is not known."
                : $"The MCP server {Name} gave no answer within {options.Timeout.TotalSeconds:0} s; whether it had its effect is not known.");
        }
        catch (McpProtocolException e)
        {
            return new(OutsideEnd.Failed, $"The MCP server {Name} refused the call: {OutsideAnswer.Line(e.Message)}");
        }
        catch (Exception e) when (IsLost(e))
        {
            await ForgetAsync(now);
            return new(OutsideEnd.Unknown, $"The connection to the MCP server {Name} was lost; whether the call had its effect is not known.");
        }
        finally
        {
            calls.Release();
        }
    }

    public OutsideTool? Find(string name) => Tools.FirstOrDefault(t => t.Manifest.Name == name);

    public bool Accept(OutsideTool tool, string hash, string by)
    {
        if (tool.Hash != hash || !pins.Accept(Name, tool.Manifest.Name, hash, by)) return false;
        tools = [.. tools.Select(t => t.Manifest.Name == tool.Manifest.Name && t.Hash == hash ? t with { WhyNot = null } : t)];
        return true;
    }

    public void Dispose()
    {
        calls.Dispose();
        otherTools.Dispose();
    }

    // Answers why it ended.
    private async Task<string> ConnectedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var program = options.Url is null ? ServerProgram.Start(options, time) : null;
            var transport = program is null ? Http() : (IClientTransport)new StreamClientTransport(program.Input, program.Output, NullLoggerFactory.Instance);
            using var limit = new CancellationTokenSource(OutsideBounds.Connect, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            await using var connected = await McpClient.CreateAsync(transport, Client(), NullLoggerFactory.Instance, either.Token);
            try
            {
                await ListAsync(connected, cancellationToken);
                client = connected;
                return await StayAsync(connected, cancellationToken);
            }
            finally
            {
                client = null;
            }
        }
        catch (OperationCanceledException)
        {
            return "It did not answer in time.";
        }
        catch (Exception e) when (IsLost(e))
        {
            return e is IOException or HttpRequestException ? OutsideAnswer.Line(e.Message) : "It does not speak the protocol as it should.";
        }
    }

    private async Task<string> StayAsync(McpClient connected, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var news = otherTools.WaitAsync(OutsideBounds.Again, stop.Token);
            var first = await Task.WhenAny(connected.Completion, news);
            await stop.CancelAsync();
            await ((Task)news).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (first == connected.Completion || cancellationToken.IsCancellationRequested) return "It ended.";
            await ListAsync(connected, cancellationToken);
        }
    }

    // A call learns of the end before the one that keeps the connection does; whoever calls next must not get a connection that has ended.
    private async Task ForgetAsync(McpClient lost)
    {
        if (await Task.WhenAny(lost.Completion, Task.Delay(OutsideBounds.Goodbye, time)) == lost.Completion) Interlocked.CompareExchange(ref client, null, lost);
    }

    private async Task ListAsync(McpClient connected, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(OutsideBounds.Connect, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var found = new List<Tool>();
        string? cursor = null;
        for (var page = 0; page < OutsideBounds.Pages && found.Count < OutsideBounds.ToolsOfOne; page++)
        {
            var result = await connected.ListToolsAsync(new ListToolsRequestParams { Cursor = cursor }, either.Token);
            found.AddRange(result.Tools);
            if ((cursor = result.NextCursor) is null) break;
        }

        tools = Look(found);
        var off = tools.Count(t => t.WhyNot is not null);
        state = $"{tools.Count - off} tools in use" + (off == 0 ? "." : $", {off} off: 'mcp tools {Name}' says why.") + (found.Count > OutsideBounds.ToolsOfOne ? $" Only the first {OutsideBounds.ToolsOfOne} were looked at." : "");
    }

    private List<OutsideTool> Look(List<Tool> found)
    {
        var all = new List<OutsideTool>();
        foreach (var tool in found.Take(OutsideBounds.ToolsOfOne))
        {
            if (ToolTranslation.NameOf(Name, tool.Name) is not { } name || all.Exists(t => t.Manifest.Name == name)) continue;
            var definition = ToolTranslation.DefinitionOf(tool);
            var hash = ToolTranslation.HashOf(definition);
            var problem = definition.Length > OutsideBounds.DefinitionCharacters ? $"its definition has more than {OutsideBounds.DefinitionCharacters} characters." : null;
            var manifest = problem is null ? ToolTranslation.ManifestOf(Name, name, tool, out problem) : null;
            var findings = problem is null ? scan.Find(name, $"{tool.Title}\n{tool.Description}\n{tool.InputSchema.GetRawText()}") : [];
            all.Add(new(manifest ?? new ToolManifest(name, IOutsideTools.Prefix + Name, "", [name], []) { ReadsOutside = true }, Name, tool.Name, problem is null ? definition : "", hash, findings, problem));
        }

        var sound = all.Where(t => t.WhyNot is null).ToList();
        var why = pins.Look(Name, [.. sound.Select(t => (t.Manifest.Name, t.Hash, t.Findings.Count > 0))]);
        return [.. all.Select(t => t.WhyNot is null ? t with { WhyNot = why[t.Manifest.Name] } : t)];
    }

    private HttpClientTransport Http()
    {
        var root = new Uri(options.Url!);
        var headers = new Dictionary<string, string>();
        if (options.Token is { } reference)
        {
            var token = secrets.Resolve(reference);
            if (token.Value is null) throw new IOException($"Its token cannot be read: {token.Error}");
            headers["Authorization"] = $"Bearer {token.Value}";
        }

        // It is asked for its tools from time to time instead of listening on a stream without an end.
        var transport = new HttpClientTransportOptions { Endpoint = root, TransportMode = HttpTransportMode.StreamableHttp, AdditionalHeaders = headers, EnableStandaloneGetStream = false, ConnectionTimeout = OutsideBounds.Connect };
        return new HttpClientTransport(transport, new HttpClient(new BoundedAnswers(egress.CreateHandler(root), time)) { Timeout = Timeout.InfiniteTimeSpan }, NullLoggerFactory.Instance, ownsHttpClient: true);
    }

    private McpClientOptions Client() => new()
    {
        ClientInfo = new Implementation { Name = "chatops", Title = "ChatOps", Version = typeof(OutsideServerLink).Assembly.GetName().Version!.ToString(3) },
        InitializationTimeout = OutsideBounds.Connect,
        Handlers = new McpClientHandlers
        {
            NotificationHandlers = [new(NotificationMethods.ToolListChangedNotification, (_, _) =>
            {
                if (otherTools.CurrentCount == 0) otherTools.Release();
                return ValueTask.CompletedTask;
            })],
        },
    };

    // Whatever a server makes the library throw is the server's end and never the gateway's.
    private static bool IsLost(Exception e) => e is not OutOfMemoryException;
}
