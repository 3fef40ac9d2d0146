using System.Runtime.CompilerServices;
using System.Text.Json;
using ChatOps.Cli.Client;
using ChatOps.Configuration;
using ChatOps.Diagnostics;
using ChatOps.Host;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Cli.Doctor;

/// <summary>The gateway itself: does it run or could it start, how are its parts, is its record intact, who could decide.</summary>
internal sealed class GatewayExamination : IExamination
{
    public async IAsyncEnumerable<Finding> LookAsync(Patient patient, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Looking must not make anything.
        if (!Directory.Exists(patient.Data)) yield break;
        var recordFile = new GatewayRecordFile(patient.Data);
        var running = await GatewayFinder.RunningAsync(patient.Data, cancellationToken);
        if (running is null && recordFile.Read() is { } stale)
            yield return new("gateway.stale-record", PartState.Degraded, $"{recordFile.File} tells of a gateway (process {stale.Pid}) that does not answer: it was killed, or it hangs.",
                "See whether that process still runs; start the gateway again.") { Fix = GatewayFinder.IsAlive(stale.Pid) ? null : () => File.Delete(recordFile.File) };

        var (connection, refusal) = await ConnectAsync(patient, cancellationToken);
        if (connection is null)
        {
            foreach (var finding in refusal) yield return finding;
            yield break;
        }

        await using (connection)
        {
            yield return running is null
                ? new("gateway.not-running", PartState.Degraded, "No gateway runs on this data directory; one could start.", "Start it: chatops gateway")
                : new("gateway.running", PartState.Ok, $"A gateway answers at {running.Url}.");
            foreach (var finding in await PartsAsync(connection, cancellationToken)) yield return finding;
            yield return await RecordAsync(connection, cancellationToken);
            yield return await PeopleAsync(connection, cancellationToken);
        }
    }

    // A gateway that cannot start says why by itself: that is the finding.
    private static async Task<(GatewayConnection? Connection, IReadOnlyList<Finding> Refusal)> ConnectAsync(Patient patient, CancellationToken cancellationToken)
    {
        try
        {
            return (await GatewayFinder.ConnectAsync(patient.Global, null, cancellationToken), []);
        }
        catch (ConfigurationProblemsException e)
        {
            return (null, [.. e.Problems.Select(p => new Finding("gateway.files", PartState.Failed, p.ToString(), "Correct the file; `chatops doctor` looks again."))]);
        }
        catch (Exception e) when (e is StartRefusedException or StoreUnavailableException or CliFailureException)
        {
            return (null, [new("gateway.cannot-start", PartState.Failed, e.Message, "Do what the sentence says; the log in the data directory has more.")]);
        }
    }

    private static async Task<IReadOnlyList<Finding>> PartsAsync(GatewayConnection connection, CancellationToken cancellationToken)
    {
        var answer = await connection.Client.CallAsync("status", new Dictionary<string, string>(), null, cancellationToken);
        return [.. Result(answer).GetProperty("parts").EnumerateArray().Select(part =>
        {
            var name = part.GetProperty("name").GetString()!;
            var state = Enum.Parse<PartState>(part.GetProperty("state").GetString()!, ignoreCase: true);
            return new Finding($"part.{name}", state, $"{name}: {part.GetProperty("summary").GetString()}", state == PartState.Ok ? "" : "See `chatops status`, and the log in the data directory.");
        })];
    }

    private static async Task<Finding> RecordAsync(GatewayConnection connection, CancellationToken cancellationToken)
    {
        var answer = await connection.Client.CallAsync("audit_verify", new Dictionary<string, string>(), null, cancellationToken);
        return answer.Status == InvocationStatus.Done
            ? new("audit.intact", PartState.Ok, $"The audit log: {answer.Summary}")
            : new("audit.broken", PartState.Failed, $"The audit log does not verify: {answer.Summary}", "Keep the data directory as it is, look at the named record, and find out who could write there.");
    }

    private static async Task<Finding> PeopleAsync(GatewayConnection connection, CancellationToken cancellationToken)
    {
        var answer = await connection.Client.CallAsync("access_people", new Dictionary<string, string>(), null, cancellationToken);
        var people = Result(answer).GetArrayLength();
        return people > 1
            ? new("access.people", PartState.Ok, $"{people} people are known.")
            : new("access.alone", PartState.Degraded, "One person is known: whoever asks for a change also decides it, and nobody can help when that person is away.", "Let a second person in: chatops access grant NAME operator");
    }

    private static JsonElement Result(InvocationAnswer answer) => answer.Raw.GetProperty("result");
}
