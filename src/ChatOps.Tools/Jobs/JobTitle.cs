using ChatOps.Storage;
using ChatOps.Tools.Run;

namespace ChatOps.Tools.Jobs;

/// <summary>What an invocation does, in a few words, from what the store has of it. Not redacted.</summary>
internal static class JobTitle
{
    private const int MaxValues = 120;

    public static string Of(InvocationRow row)
    {
        var arguments = ToolArguments.FromJson(row.ArgumentsJson);
        if (row.Tool == RunTool.Definition.Name) return RunTool.TitleOf(arguments, row.Targets);
        var values = string.Join(' ', arguments.Values.Select(v => v.Value)).ReplaceLineEndings(" ");
        return $"{row.Tool.Replace('_', ' ')} {(values.Length <= MaxValues ? values : values[..MaxValues] + "…")}".TrimEnd();
    }
}
