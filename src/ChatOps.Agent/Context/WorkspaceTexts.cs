using System.Text;

namespace ChatOps.Agent.Context;

/// <summary>The workspace's files as a model is told them. Edits count from the next step on.</summary>
internal sealed class WorkspaceTexts(ContextOptions options)
{
    /// <summary>All of them; empty when there are none.</summary>
    /// <exception cref="ContextException">One is over its budget, or cannot be read.</exception>
    public string Read()
    {
        var text = new StringBuilder();
        foreach (var file in WorkspaceFile.All)
        {
            var (content, problem) = options.Read(file);
            if (problem is not null) throw new ContextException($"The model is not asked, because of {problem.File}: {problem.Reason}");
            if (string.IsNullOrWhiteSpace(content)) continue;
            text.Append("## ").Append(file.Heading).Append('\n').Append(content.Trim()).Append("\n\n");
        }

        return text.ToString();
    }
}
