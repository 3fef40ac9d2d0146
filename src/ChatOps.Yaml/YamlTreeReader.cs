using System.Buffers;
using ChatOps.Configuration;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ChatOps.Yaml;

/// <summary>
/// Reads one YAML document from the parser's events, so that every piece has its line and every slip is a problem with a place. Only the plain
/// part of YAML is taken: no anchors, aliases, tags or second documents; size, depth and number of pieces are bounded.
/// </summary>
internal sealed class YamlTreeReader
{
    private static readonly SearchValues<char> Readable = SearchValues.Create(
        [.. Enumerable.Range(0, char.MaxValue + 1).Select(i => (char)i).Where(c => c is '\t' or '\n' or '\r' || !char.IsControl(c))]);

    private readonly string file;
    private readonly List<ConfigurationProblem> problems;
    private readonly Parser parser;
    private int elements;
    private bool stopped;

    private YamlTreeReader(string file, string text, List<ConfigurationProblem> problems)
    {
        this.file = file;
        this.problems = problems;
        parser = new Parser(new StringReader(text));
    }

    private ParsingEvent Current => parser.Current!;

    /// <summary>The document's root; an empty file is an empty scalar. Null when it cannot be read, with the problem added.</summary>
    public static YamlElement? Read(string file, string text, List<ConfigurationProblem> problems)
    {
        if (text.Length > YamlReader.MaxLength)
        {
            problems.Add(new(file, 0, YamlReader.WholeFile, $"the file has more than {YamlReader.MaxLength} characters."));
            return null;
        }

        var control = text.AsSpan().IndexOfAnyExcept(Readable);
        if (control >= 0)
        {
            // The scanner takes NUL for the end of the file: what follows would be dropped without a word.
            problems.Add(new(file, text.AsSpan(0, control).Count('\n') + 1, YamlReader.WholeFile, $"the file has a control character (U+{(int)text[control]:X4}); remove it."));
            return null;
        }

        var reader = new YamlTreeReader(file, text, problems);
        try
        {
            var root = reader.Document();
            return reader.stopped ? null : root;
        }
        catch (YamlException e)
        {
            problems.Add(new(file, LineOf(e, text), YamlReader.WholeFile, "this is not valid YAML: " + OneLine(e.Message)));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException or OverflowException)
        {
            // The scanner answers some malformed escapes with these instead of its own exception.
            problems.Add(new(file, (int)(reader.parser.Current?.End.Line ?? 0), YamlReader.WholeFile, "this is not valid YAML."));
        }

        return null;
    }

    private YamlElement? Document()
    {
        Next();
        Next();
        if (Current is StreamEnd) return new YamlScalar(1, "", IsNull: true);
        Next();
        var root = Element("", 0);
        if (stopped) return null;
        Next();
        if (Current is DocumentStart) return Stop("", "the file holds a second YAML document ('---'); only one is read.");
        return root;
    }

    // Reads the element at the current event and leaves the parser behind it.
    private YamlElement? Element(string path, int depth)
    {
        if (++elements > YamlReader.MaxElements) return Stop(path, $"the file has more than {YamlReader.MaxElements} entries.");
        if (depth > YamlReader.MaxDepth) return Stop(path, $"the file is nested more than {YamlReader.MaxDepth} levels deep.");
        if (Current is AnchorAlias) return Stop(path, "aliases ('*name') are not read here; write the value out.");
        if (Current is not NodeEvent node) return Stop(path, "something is missing here, or too much.");
        if (!node.Anchor.IsEmpty) return Stop(path, "anchors ('&name') are not read here; write the value out.");
        if (!node.Tag.IsEmpty) return Stop(path, "tags ('!name') are not read here; remove it.");
        return node switch
        {
            Scalar scalar => Text(scalar),
            SequenceStart start => List(start, path, depth),
            MappingStart start => Map(start, path, depth),
            _ => Stop(path, "this cannot be read here."),
        };
    }

    private YamlScalar Text(Scalar scalar)
    {
        Next();
        var isNull = scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null";
        return new((int)scalar.Start.Line, scalar.Value, isNull);
    }

    private YamlList? List(SequenceStart start, string path, int depth)
    {
        Next();
        var items = new List<YamlElement>();
        while (Current is not SequenceEnd)
        {
            if (Element($"{path}[{items.Count}]", depth + 1) is not { } item) return null;
            items.Add(item);
        }

        Next();
        return new((int)start.Start.Line, items);
    }

    private YamlMap? Map(MappingStart start, string path, int depth)
    {
        Next();
        var entries = new List<YamlEntry>();
        while (Current is not MappingEnd)
        {
            var line = (int)Current.Start.Line;
            if (Current is SequenceStart or MappingStart) Stop(path.Length == 0 ? "?" : $"{path}.?", "a key must be a plain name, not a list or a map.");
            if (stopped || Element(path, depth + 1) is not YamlScalar { Text: var key }) return null;
            if (Element(path.Length == 0 ? key : $"{path}.{key}", depth + 1) is not { } value) return null;
            entries.Add(new(key, line, value));
        }

        Next();
        return new((int)start.Start.Line, entries);
    }

    private YamlElement? Stop(string path, string reason)
    {
        stopped = true;
        problems.Add(new(file, (int)Current.Start.Line, path.Length == 0 ? YamlReader.WholeFile : path, reason));
        return null;
    }

    private void Next()
    {
        if (!parser.MoveNext()) throw new SemanticErrorException("The file ends early.");
    }

    // The parser places a tab at the start of the block that it is in, and the end of the file behind its last line.
    private static int LineOf(YamlException e, string text)
    {
        var lines = text.TrimEnd().ReplaceLineEndings("\n").Split('\n');
        var tab = e.Message.Contains("tab", StringComparison.Ordinal) ? Array.FindIndex(lines, line => line.TrimStart(' ').StartsWith('\t')) : -1;
        return tab >= 0 ? tab + 1 : (int)Math.Min(e.Start.Line, lines.Length);
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");
}
