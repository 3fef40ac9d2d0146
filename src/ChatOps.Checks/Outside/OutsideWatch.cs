using ChatOps.Audit;
using ChatOps.Checks.Findings;
using ChatOps.Diagnostics;
using ChatOps.Gateways;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Rendering;
using ChatOps.Secrets;
using ChatOps.Storage;
using ChatOps.Tools;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatOps.Checks.Outside;

/// <summary>
/// Says, where findings are told, that something outside which this gateway needs (the broker, a platform) has been away, or in trouble, for longer than <see cref="ChecksOptions.AwayNotice"/>, and that it is back: each once,
/// however many gateways see it and whichever of them is started again meanwhile. The store itself is <c>Bus:OutageNotice</c>'s matter.
/// </summary>
internal sealed partial class OutsideWatch(
    ChecksOptions options, IEnumerable<IHealthPart> parts, IStore store, IReplies replies, IAuditWriter audit, IGateways gateways, IOwner owner, IRedactor redactor, TimeProvider time,
    ILogger<OutsideWatch> logger) : BackgroundService
{
    /// <summary>Between two looks.</summary>
    internal static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);

    // What was told is kept among the small values of channels, under a name that no channel has.
    private const string Kept = "outside";

    private readonly IReadOnlyList<IHealthPart> parts = [.. parts.Where(p => p.IsOutside)];
    private readonly Dictionary<string, long> awaySince = new(StringComparer.Ordinal);

    /// <summary>Looks once.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        if (parts.Count == 0) return;
        var known = await store.ReadAsync(session => parts.ToDictionary(p => p, p => Told(session, p.Name)), cancellationToken);
        foreach (var (part, told) in known)
        {
            var health = await part.CheckAsync(cancellationToken);
            if (health.State == PartState.Ok)
            {
                awaySince.Remove(part.Name);
                if (told is not null && IsMine(told)) await store.WriteAsync(session => TellEnd(session, part.Name, health), cancellationToken);
            }
            else
            {
                awaySince.TryAdd(part.Name, time.GetTimestamp());
                var length = time.GetElapsedTime(awaySince[part.Name]);
                var isNews = told is null || (told.By != gateways.Self.Id && IsMine(told));
                if (isNews && length >= options.AwayNotice) await store.WriteAsync(session => TellBegin(session, part.Name, health, length), cancellationToken);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Enabled || !options.Watches) return;
        using var timer = new PeriodicTimer(Tick, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await TryAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops.
        }
    }

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            // Said elsewhere; the next look comes soon.
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // A boundary: what watches must not end because one look failed.
            LogFailed(error);
        }
    }

    private bool TellBegin(IStoreSession session, string part, PartHealth health, TimeSpan length)
    {
        var (now, told) = (time.GetUtcNow(), Told(session, part));
        if (told is not null && !IsMine(told)) return false;
        session.ChannelState.Set(Kept, part, Json.Write(new Notice(gateways.Self.Id, told?.Since ?? now - length)), null);
        // Who had said it does not live any more: from now on it is for this one to say when it is over.
        if (told is not null) return false;
        var summary = Clean(health.Summary);
        var fields = new List<Field> { new("Since", $"{now - length:yyyy-MM-dd HH:mm:ss} UTC") };
        if (!gateways.IsAlone) fields.Add(new("Seen by", $"the gateway {gateways.Self.Name}"));
        Say(session, part, new RichMessage([new TextBlock($"**In trouble** {part}: {PlainText.Escape(summary)}", Tone.Failed), new FieldsBlock(fields)]), $"In trouble: {part}: {summary}", "found", now);
        return true;
    }

    private bool TellEnd(IStoreSession session, string part, PartHealth health)
    {
        if (Told(session, part) is not { } told || !IsMine(told)) return false;
        var now = time.GetUtcNow();
        session.ChannelState.Set(Kept, part, null, null);
        var text = $"{part}: {Clean(health.Summary)} It was in trouble for {SpanText.Words(now - told.Since)}.";
        Say(session, part, new RichMessage([new TextBlock($"**Well again** {PlainText.Escape(text)}", Tone.Ok)]), $"Well again: {text}", "recovered", now);
        return true;
    }

    private void Say(IStoreSession session, string part, RichMessage text, string recorded, string outcome, DateTimeOffset now)
    {
        var where = Places.Of(options.Target, owner);
        if (Places.IsConsole(where)) session.Conversations.Touch(where.Id, owner.PrincipalId, FindingWriter.ConversationTitle, now);
        replies.Post(session, where, text, ReplyPriority.Result, null);
        audit.Append(session, new AuditEntry(AuditKind.System, recorded)
        {
            Principal = CheckService.Principal, ConversationId = where.Id, Outcome = outcome, Detail = new Dictionary<string, string> { ["part"] = part, ["gateway"] = gateways.Self.Name },
        });
    }

    private Notice? Told(IStoreSession session, string part) => session.ChannelState.Get(Kept, part, time.GetUtcNow()) is { } text ? Json.Read<Notice>(text) : null;

    // Or nobody's any more.
    private bool IsMine(Notice told) => told.By == gateways.Self.Id || gateways.Find(told.By) is null;

    private string Clean(string text) => redactor.Redact(redactor.Neutralise(text));

    [LoggerMessage(6441, LogLevel.Error, "The look at what is outside failed.")]
    private partial void LogFailed(Exception error);

    /// <summary>What was said.</summary>
    /// <param name="By">The gateway that says when it is over.</param>
    /// <param name="Since">Since when it is away.</param>
    private sealed record Notice(string By, DateTimeOffset Since);
}
