using System.Buffers;
using System.Globalization;
using System.Text;
using ChatOps.Audit.Chain;
using ChatOps.Tools;

namespace ChatOps.Audit.Queries;

/// <summary>A record as a line of RFC 4180. A cell that a spreadsheet would take as a formula gets an apostrophe before it.</summary>
internal static class CsvRecord
{
    /// <summary>The first line.</summary>
    public const string Header = "sequence,time,id,kind,principal,actor,conversation,invocation,approval,tool,nodes,risk,rule,outcome,summary,detail,previous,hash\r\n";

    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(",\"\r\n");

    /// <summary>Writes the line.</summary>
    public static string Write(AuditRecord record)
    {
        var entry = record.Entry;
        var line = new StringBuilder(512);
        line.Append(CultureInfo.InvariantCulture, $"{record.Sequence}");
        Cell(line, CanonicalRecord.Time(record.Time));
        Cell(line, record.Id);
        Cell(line, entry.Kind.ToString());
        Cell(line, entry.Principal);
        Cell(line, entry.ActorKey);
        Cell(line, entry.ConversationId);
        Cell(line, entry.InvocationId);
        Cell(line, entry.ApprovalId);
        Cell(line, entry.Tool);
        Cell(line, string.Join(' ', entry.Nodes));
        Cell(line, entry.Risk?.ToString());
        Cell(line, entry.Rule);
        Cell(line, entry.Outcome);
        Cell(line, entry.Summary);
        Cell(line, entry.Detail.Count == 0 ? null : Json.Write(entry.Detail));
        Cell(line, record.PreviousHash);
        Cell(line, record.Hash);
        return line.Append("\r\n").ToString();
    }

    private static void Cell(StringBuilder line, string? value)
    {
        line.Append(',');
        if (string.IsNullOrEmpty(value)) return;
        if (value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n') value = "'" + value;
        if (value.AsSpan().ContainsAny(NeedsQuotes)) line.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        else line.Append(value);
    }
}
