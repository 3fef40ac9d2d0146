namespace ChatOps.Secrets.Redaction;

/// <summary>All ways to find a secret in one piece of text, and what remains when their findings are laid over each other.</summary>
internal sealed class Scanner
{
    private readonly VendorScanner _vendors = new();
    private readonly ContextScanner _context = new();

    /// <summary>Finds secrets.</summary>
    /// <param name="text">A line, or a window of a long one.</param>
    /// <param name="known">Values known to be secret.</param>
    /// <param name="opensKey">Whether the line opens a block with a private key.</param>
    /// <returns>In order, without overlaps.</returns>
    public List<Finding> Find(ReadOnlySpan<char> text, KnownValues known, out bool opensKey)
    {
        if (!PlainText.IsNeeded(text))
        {
            var findings = new List<Finding>();
            opensKey = FindIn(text, known, findings);
            return Merge(findings, text);
        }

        // What a reader would see, and also what stands inside of sequences.
        var all = new List<Finding>();
        FindIn(text, known, all);
        var plain = PlainText.From(text);
        var seen = new List<Finding>();
        opensKey = FindIn(plain.Text, known, seen);
        all.AddRange(seen.Where(finding => finding.End > finding.Start).Select(plain.Original));
        return Merge(all, text);
    }

    private bool FindIn(ReadOnlySpan<char> text, KnownValues known, List<Finding> findings)
    {
        known.Find(text, findings);
        _vendors.Find(text, findings);
        StructureScanner.Find(text, findings);
        var opens = PrivateKeyScanner.Find(text, findings);
        HeaderScanner.Find(text, findings);
        AddressScanner.Find(text, findings);
        _context.Find(text, findings);
        CommandLineScanner.Find(text, findings);
        ManifestScanner.Find(text, findings);
        return opens;
    }

    private static List<Finding> Merge(List<Finding> findings, ReadOnlySpan<char> text)
    {
        if (findings.Count == 0)
            return findings;

        var markers = Markers(text);

        // Stable: among findings of the same place the more specific scanner comes first and gives the name.
        var merged = new List<Finding>(findings.Count);
        foreach (var finding in findings.OrderBy(finding => finding.Start).ThenByDescending(finding => finding.End))
        {
            if (finding.End <= finding.Start || markers.Exists(marker => finding.Start < marker.End && marker.Start < finding.End))
                continue;
            if (merged.Count > 0 && finding.Start < merged[^1].End)
            {
                if (finding.End > merged[^1].End)
                    merged[^1] = merged[^1] with { End = finding.End, Open = finding.Open };
                continue;
            }

            merged.Add(finding);
        }

        return merged;
    }

    // What is a marker already stays as it is.
    private static List<(int Start, int End)> Markers(ReadOnlySpan<char> text)
    {
        var markers = new List<(int, int)>();
        for (var at = 0; at < text.Length;)
        {
            var next = text[at..].IndexOf(Marker.Prefix);
            if (next < 0)
                break;
            at += next;
            var length = Marker.LengthAt(text[at..]);
            if (length > 0)
                markers.Add((at, at + length));
            at += Math.Max(1, length);
        }

        return markers;
    }
}
