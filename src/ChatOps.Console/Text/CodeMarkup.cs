using System.Text;
using Microsoft.AspNetCore.Components;

namespace ChatOps.Console.Text;

/// <summary>Styled lines as HTML: escaped text in spans whose classes come from a fixed set.</summary>
internal static class CodeMarkup
{
    public static MarkupString Of(IEnumerable<IReadOnlyList<AnsiRun>> lines)
    {
        var html = new StringBuilder();
        foreach (var line in lines)
        {
            foreach (var run in line)
            {
                if (run.Classes.Length == 0) html.AppendText(run.Text);
                else html.Append("<span class=\"").Append(run.Classes).Append("\">").AppendText(run.Text).Append("</span>");
            }

            html.Append('\n');
        }

        return new MarkupString(html.ToString());
    }
}
