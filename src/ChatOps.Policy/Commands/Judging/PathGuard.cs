using ChatOps.Policy.Commands.Grammar;

namespace ChatOps.Policy.Commands.Judging;

/// <summary>Says which paths may be read without a decision.</summary>
internal sealed class PathGuard
{
    private static readonly string[] PlainDevices = ["null", "stdin", "urandom"];

    private readonly List<Protection> _anchored = [];
    private readonly Dictionary<string, Protection> _names = new(StringComparer.Ordinal);
    private readonly List<Protection> _namePatterns = [];
    private readonly List<Protection> _sequences = [];
    private readonly List<Protection> _gateway;
    private readonly List<string[]> _plainTrees;
    private readonly List<string[]> _askedTrees;

    public PathGuard(IEnumerable<Protection> protections, IEnumerable<Protection> gateway, IEnumerable<string> plainTrees, IEnumerable<string> askedTrees)
    {
        _gateway = [.. gateway];
        _plainTrees = [.. plainTrees.Select(t => t.Split('/', StringSplitOptions.RemoveEmptyEntries))];
        _askedTrees = [.. askedTrees.Select(t => t.Split('/', StringSplitOptions.RemoveEmptyEntries))];
        foreach (var protection in _gateway.Concat(protections))
        {
            if (protection.Anchored) _anchored.Add(protection);
            else if (protection.Segments.Count > 1) _sequences.Add(protection);
            else if (protection.Segments[0].Contains('*', StringComparison.Ordinal)) _namePatterns.Add(protection);
            else _names.TryAdd(protection.Segments[0], protection);
        }
    }

    /// <summary>Judges a path whose content is read.</summary>
    /// <param name="word">The word.</param>
    /// <param name="recursive">Whether everything below it is read as well.</param>
    /// <returns>Null when it is harmless.</returns>
    public Verdict? Content(ShellWord word, bool recursive)
    {
        if (word.Text is "-" or "") return null;
        if (word.IsOpaque) return Verdict.Change("path.unknown", "the file to read is not known here");
        if (word.Text.Length > ShellLimits.PathLength) return Verdict.Change("path.too-long", "a path is longer than any file system allows");
        var path = PathWord.Of(word);
        if (path.Segments.Any(s => s.Length > ShellLimits.SegmentLength))
            return Verdict.Change("path.too-long", "a file name is longer than any file system allows");
        if (path.LeadsUp)
        {
            // what .. means depends on links that are not known here; the plain meaning can only make it worse
            var verdict = Verdict.Change("path.dot-dot", $"{word.Text} leads upwards through '..', so what it reads is not certain");
            return path.IsAbsolute ? verdict.Or(Hit(path.Resolve(null), _anchored)) : verdict;
        }

        return Hit(path) ?? MaybeGateway(path) ?? (recursive ? Tree(path, word.Text) : null);
    }

    /// <summary>Whether a path is, or is below, a directory whose files are there to be read.</summary>
    public bool IsPlainTree(ShellWord word)
    {
        var path = PathWord.Of(word);
        return path is { IsAbsolute: true, LeadsUp: false } && _plainTrees.Exists(t => Below(path, t));
    }

    /// <summary>Whether a word of a command that does more than read names the gateway's own data.</summary>
    public Verdict? Gateway(ShellWord word)
    {
        if (word.Text.Length > ShellLimits.PathLength) return null;
        foreach (var protection in _gateway)
        {
            var literal = string.Join('/', protection.Segments);
            var at = word.Text.IndexOf(literal, StringComparison.Ordinal);
            while (at >= 0)
            {
                var end = at + literal.Length;
                var starts = at == 0 ? !protection.Anchored : word.Text[at - 1] == '/';
                if (starts && (end == word.Text.Length || word.Text[end] is '/' or '"' or '\'' or ' ' or ')' or ';' or '*')) return ToVerdict(protection);
                at = word.Text.IndexOf(literal, at + 1, StringComparison.Ordinal);
            }
        }

        if (word.IsOpaque || word.Text.AsSpan().IndexOfAny('/', '.') < 0) return null;
        var value = word.Text.AsSpan(Math.Max(0, word.Text.IndexOfAny(['=', '@', ':']) + 1));
        return Hit(PathWord.Of(word).Resolve(null), _gateway) ?? Hit(PathWord.Of(value.ToString(), word.IsPattern).Resolve(null), _gateway);
    }

    /// <summary>The same for a relative path where the directory is known from a <c>cd</c> before it.</summary>
    public Verdict? Gateway(ShellWord word, PathWord directory) =>
        word.IsOpaque || word.Text.Length > ShellLimits.PathLength || word.Text.StartsWith('/') ? null : Hit(PathWord.Of(word).Resolve(directory), _gateway);

    /// <summary>Whether a command removes or moves a directory that holds the gateway's own data somewhere below it.</summary>
    public Verdict? Destroys(string name, IReadOnlyList<ShellWord> words, PathWord? directory)
    {
        if (name is not ("rm" or "mv" or "shred" or "rmdir" or "unlink" or "truncate" or "chmod" or "chown" or "chattr" or "mount" or "umount")) return null;
        foreach (var word in words.Skip(1))
        {
            if (word.Text.StartsWith('-') || word.Text.Length > ShellLimits.PathLength) continue;
            var path = PathWord.Of(word).Resolve(directory);
            foreach (var protection in _gateway)
                if (protection.Anchored && path is { IsAbsolute: true, Segments.Count: > 0 } && IsAncestor(path, protection.Segments)) return ToVerdict(protection);
        }

        return null;
    }

    /// <summary>A relative path that would be the gateway's own data from some directory: which directory is not known here.</summary>
    private Verdict? MaybeGateway(PathWord path)
    {
        if (path.IsAbsolute || path.Segments.Count == 0) return null;
        foreach (var protection in _gateway)
        {
            for (var from = 1; protection.Anchored && from < protection.Segments.Count; from++)
            {
                if (path.Segments.Count >= protection.Segments.Count - from && Matches(path, 0, protection.Segments, from))
                    return Verdict.Change("disclose.gateway-data", "could touch " + protection.Why);
            }
        }

        return null;
    }

    private Verdict? Hit(PathWord path)
    {
        if (Hit(path, _anchored) is { } anchored) return anchored;
        if (path.IsAbsolute && path.Segments.Count > 0 && Same(path, 0, "dev") && !(path.Segments.Count == 2 && !path.IsPattern && PlainDevices.Contains(path.Segments[1])))
            return Verdict.Change("disclose.device", "reading a device can disclose a whole disk or what people type");
        if (path.IsAbsolute && _plainTrees.Exists(t => Below(path, t))) return null;
        for (var i = 0; i < path.Segments.Count; i++)
        {
            if (path.IsPattern && path.Segments[i].AsSpan().IndexOfAny("*?[\\") >= 0)
            {
                foreach (var known in _names)
                    if (Same(path, i, known.Key)) return ToVerdict(known.Value, path, i + 1);
            }
            else if (_names.TryGetValue(path.Segments[i], out var named))
            {
                return ToVerdict(named);
            }

            foreach (var protection in _namePatterns)
                if (Same(path, i, protection.Segments[0])) return ToVerdict(protection);
            foreach (var protection in _sequences)
                if (Matches(path, i, protection.Segments, 0)) return ToVerdict(protection);
        }

        return null;
    }

    private static Verdict? Hit(PathWord path, List<Protection> protections)
    {
        foreach (var protection in protections)
        {
            if (protection.Anchored)
            {
                if (path.IsAbsolute && Matches(path, 0, protection.Segments, 0)) return ToVerdict(protection, path, protection.Segments.Count);
                continue;
            }

            for (var i = 0; i < path.Segments.Count; i++)
                if (Matches(path, i, protection.Segments, 0)) return ToVerdict(protection, path, i + protection.Segments.Count);
        }

        return null;
    }

    private Verdict? Tree(PathWord path, string text)
    {
        var asked = Verdict.Change("disclose.tree", $"reads every file below {text}, which may include keys, tokens or histories");
        if (!path.IsAbsolute)
            return path.Segments.Count == 0 || path.Segments[0].StartsWith('.') || path.Segments[0] == "*" ? asked : null;
        if (_plainTrees.Exists(t => Below(path, t))) return null;
        if (_askedTrees.Exists(t => CanBeBelow(path, t) || IsAncestor(path, t))) return asked;
        return _anchored.Exists(p => IsAncestor(path, p.Segments)) ? asked : null;
    }

    private static bool Below(PathWord path, string[] tree)
    {
        if (path.Segments.Count < tree.Length) return false;
        for (var i = 0; i < tree.Length; i++)
        {
            // a plain tree must be named, not merely be possible
            if (path.Segments[i] != tree[i]) return false;
        }

        return true;
    }

    private static bool CanBeBelow(PathWord path, string[] tree)
    {
        if (path.Segments.Count < tree.Length) return false;
        for (var i = 0; i < tree.Length; i++)
            if (!Same(path, i, tree[i])) return false;
        return true;
    }

    private static bool IsAncestor(PathWord path, IReadOnlyList<string> below)
    {
        if (path.Segments.Count > below.Count) return false;
        for (var i = 0; i < path.Segments.Count; i++)
        {
            if (below[i] == "**") return true;
            if (!Same(path, i, below[i])) return false;
        }

        return true;
    }

    /// <summary>Whether the path from segment i on is, or is below, the protected segments from j on.</summary>
    private static bool Matches(PathWord path, int i, IReadOnlyList<string> segments, int j)
    {
        for (; j < segments.Count; i++, j++)
        {
            if (segments[j] == "**")
            {
                for (var k = i; k < path.Segments.Count; k++)
                    if (Matches(path, k, segments, j + 1)) return true;
                return false;
            }

            if (i >= path.Segments.Count || !Same(path, i, segments[j])) return false;
        }

        return true;
    }

    private static bool Same(PathWord path, int i, string known) => GlobOverlap.CanBeSame(path.Segments[i], path.IsPattern, known);

    private static Verdict ToVerdict(Protection protection) =>
        new(protection.Risk, protection.Rule, (protection.Risk == Risk.Forbidden ? "touches " : "could disclose ") + protection.Why);

    /// <summary>A bare * that could stand for the gateway's directory among others, and goes no further, asks; it is not worth a refusal for ever.</summary>
    private static Verdict ToVerdict(Protection protection, PathWord path, int matched) =>
        protection.Risk == Risk.Forbidden && path.IsPattern && path.Segments.Count == matched && GlobOverlap.MatchesAlmostAll(path.Segments[^1])
            ? Verdict.Change("disclose.gateway-data", "could touch " + protection.Why)
            : ToVerdict(protection);
}
