using System.Text;
using System.Text.Json;

namespace ChatOps.Audit.Chain;

/// <summary>Walks the chain record by record and stops at the first that does not hold.</summary>
/// <param name="nextSequence">The sequence number that must come next.</param>
/// <param name="previousHash">The hash that it must follow; null when the walk begins inside the chain and takes the first one's word.</param>
internal sealed class ChainCheck(long nextSequence, string? previousHash)
{
    /// <summary>Records that hold.</summary>
    public long Records { get; private set; }

    /// <summary>The sequence number that must come next.</summary>
    public long NextSequence => nextSequence;

    /// <summary>Hash of the last good record.</summary>
    public string? HeadHash => previousHash;

    /// <summary>Checks one record.</summary>
    /// <returns>Null when it holds; otherwise the first bad sequence number and what is wrong.</returns>
    public (long Sequence, string Problem)? Take(AuditRecord record)
    {
        if (record.Sequence > nextSequence)
            return (nextSequence, $"Record {nextSequence} is missing: after {nextSequence - 1} comes {record.Sequence}.");
        if (record.Sequence < nextSequence)
            return (record.Sequence, $"Record {record.Sequence} was inserted: the record begins at 1.");

        var text = Encoding.UTF8.GetBytes(record.CanonicalJson);
        if (CanonicalRecord.Hash(text) != record.Hash)
            return (record.Sequence, $"Record {record.Sequence} was changed: its hash is not that of its text.");
        if (!CanonicalRecord.Write(record.Sequence, record.Id, record.Time, record.PreviousHash, record.Entry).Span.SequenceEqual(text))
            return (record.Sequence, Difference(record));
        if (previousHash is not null && record.PreviousHash != previousHash)
            return (record.Sequence, $"Record {record.Sequence} does not follow record {record.Sequence - 1}: one of them was replaced, or records between them were removed or inserted.");

        Records++;
        nextSequence++;
        previousHash = record.Hash;
        return null;
    }

    /// <summary>Says which column is not what the hashed text says; a record with another's sequence number stands in the wrong place.</summary>
    private static string Difference(AuditRecord record)
    {
        try
        {
            using var hashed = JsonDocument.Parse(record.CanonicalJson);
            using var stored = JsonDocument.Parse(CanonicalRecord.Write(record.Sequence, record.Id, record.Time, record.PreviousHash, record.Entry));
            if (hashed.RootElement.TryGetProperty("sequence", out var sequence) && sequence.TryGetInt64(out var own) && own != record.Sequence)
                return $"Record {record.Sequence} is out of order: its text says that it is record {own}.";

            var names = hashed.RootElement.EnumerateObject().Concat(stored.RootElement.EnumerateObject()).Select(p => p.Name).Distinct();
            var differing = names.Where(name => Text(hashed, name) != Text(stored, name)).ToList();
            return $"Record {record.Sequence} was changed: its columns differ from its hashed text ({string.Join(", ", differing)}).";
        }
        catch (JsonException)
        {
            return $"Record {record.Sequence} was changed: its text is not JSON.";
        }

        static string? Text(JsonDocument document, string name) =>
            document.RootElement.TryGetProperty(name, out var value) ? value.GetRawText() : null;
    }
}
