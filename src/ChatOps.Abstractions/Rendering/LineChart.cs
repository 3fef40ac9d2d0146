using System.Globalization;
using System.Security;
using System.Text;

namespace ChatOps.Rendering;

/// <summary>A value over time as a picture with axes and labels. It takes the colour of the text around it; standing alone, it follows the reader's light or dark.</summary>
/// <param name="Title">What it shows; also what a screen reader says.</param>
/// <param name="Unit">The unit of the values; empty for none.</param>
/// <param name="Points">The values, oldest first.</param>
public sealed record LineChart(string Title, string Unit, IReadOnlyList<(DateTimeOffset At, double Value)> Points)
{
    /// <summary>Width in its own units.</summary>
    public const int Width = 640;

    /// <summary>Height in its own units.</summary>
    public const int Height = 220;

    /// <summary>Most points that are drawn; more are thinned out by their mean.</summary>
    public const int MaxPoints = 600;

    private const int Left = 56, Right = 14, Top = 34, Bottom = 28;
    private const int ValueTicks = 4, TimeTicks = 5;

    /// <summary>Two values further apart than so many usual steps are not joined by a line: nobody looked in between.</summary>
    private const double GapSteps = 4;

    private static readonly TimeSpan SecondsUpTo = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan HoursUpTo = TimeSpan.FromDays(2);

    /// <summary>The picture as SVG.</summary>
    /// <param name="standalone">Whether it is a file of its own, with colours and a background of its own.</param>
    public string ToSvg(bool standalone)
    {
        var svg = new StringBuilder();
        var title = Escape(Title);
        svg.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {Width} {Height}" role="img" aria-label="{title}" font-family="system-ui, sans-serif" font-size="11">""");
        if (standalone)
            svg.Append(CultureInfo.InvariantCulture, $"""<style>svg {"{"} color: #1b1e25; background: #ffffff {"}"} @media (prefers-color-scheme: dark) {"{"} svg {"{"} color: #e4e7ec; background: #14171d {"}"} {"}"}</style>""");
        svg.Append(CultureInfo.InvariantCulture, $"""<text x="{Left}" y="18" font-size="13" font-weight="600" fill="currentColor">{title}</text>""");
        var points = Thinned();
        if (points.Count == 0) svg.Append(CultureInfo.InvariantCulture, $"""<text x="{Width / 2}" y="{Height / 2}" text-anchor="middle" fill="currentColor">No values yet</text>""");
        else Draw(svg, points);
        return svg.Append("</svg>").ToString();
    }

    private void Draw(StringBuilder svg, List<(DateTimeOffset At, double Value)> points)
    {
        var (low, high, step) = Range(points.Min(p => p.Value), points.Max(p => p.Value));
        var (from, until) = (points[0].At, points[^1].At);
        if (until - from < TimeSpan.FromMinutes(1)) (from, until) = (from.AddMinutes(-1), until.AddMinutes(1));
        double X(DateTimeOffset at) => Left + ((at - from) / (until - from) * (Width - Left - Right));
        double Y(double value) => Height - Bottom - ((value - low) / (high - low) * (Height - Top - Bottom));

        for (var value = low; value <= high + (step / 2); value += step)
        {
            svg.Append(CultureInfo.InvariantCulture, $"""<line x1="{Left}" x2="{Width - Right}" y1="{Y(value):0.#}" y2="{Y(value):0.#}" stroke="currentColor" stroke-opacity="0.18"/>""");
            svg.Append(CultureInfo.InvariantCulture, $"""<text x="{Left - 6}" y="{Y(value) + 4:0.#}" text-anchor="end" fill="currentColor">{Escape(Label(value, step))}</text>""");
        }

        var form = until - from <= SecondsUpTo ? "HH:mm:ss" : until - from <= HoursUpTo ? "HH:mm" : "MM-dd";
        for (var i = 0; i <= TimeTicks; i++)
        {
            var at = from + ((until - from) * i / TimeTicks);
            var anchor = i == 0 ? "start" : i == TimeTicks ? "end" : "middle";
            svg.Append(CultureInfo.InvariantCulture, $"""<text x="{X(at):0.#}" y="{Height - 8}" text-anchor="{anchor}" fill="currentColor">{at.UtcDateTime.ToString(form, CultureInfo.InvariantCulture)}</text>""");
        }

        var path = new StringBuilder();
        var usual = Usual(points);
        for (var i = 0; i < points.Count; i++)
        {
            var joined = i > 0 && points[i].At - points[i - 1].At <= usual * GapSteps;
            path.Append(CultureInfo.InvariantCulture, $"{(joined ? 'L' : 'M')}{X(points[i].At):0.#} {Y(points[i].Value):0.#}");
        }

        svg.Append(CultureInfo.InvariantCulture, $"""<path d="{path}" fill="none" stroke="#4f7df0" stroke-width="1.8" stroke-linejoin="round" stroke-linecap="round"/>""");
        var last = points[^1];
        svg.Append(CultureInfo.InvariantCulture, $"""<circle cx="{X(last.At):0.#}" cy="{Y(last.Value):0.#}" r="3" fill="#4f7df0"/>""");
        svg.Append(CultureInfo.InvariantCulture, $"""<text x="{Width - Right}" y="18" text-anchor="end" fill="currentColor">{Escape(string.Create(CultureInfo.InvariantCulture, $"{last.Value:0.##} {Unit}").Trim())}</text>""");
    }

    private List<(DateTimeOffset At, double Value)> Thinned()
    {
        var points = Points.Where(p => double.IsFinite(p.Value)).ToList();
        if (points.Count <= MaxPoints) return points;
        return [.. points.Chunk((points.Count + MaxPoints - 1) / MaxPoints).Select(c => (c[^1].At, c.Average(p => p.Value)))];
    }

    private static TimeSpan Usual(List<(DateTimeOffset At, double Value)> points)
    {
        var steps = points.Zip(points.Skip(1), (a, b) => b.At - a.At).Order().ToList();
        // The longer half: values by the hour are followed by the looks of this hour, which lie closer.
        return steps.Count == 0 ? TimeSpan.Zero : steps[steps.Count * 3 / 4];
    }

    // Round numbers around the values, so that a label is a number that people think in.
    private static (double Low, double High, double Step) Range(double least, double most)
    {
        var span = most - least;
        if (span <= Math.Abs(most) * 1e-9 || span <= double.Epsilon) span = Math.Max(1, Math.Abs(most) * 0.1);
        var raw = span / ValueTicks;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = power * ((raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
        var low = Math.Floor(least / step) * step;
        var high = Math.Ceiling(most / step) * step;
        return (low, high > low ? high : low + step, step);
    }

    private string Label(double value, double step) => (Math.Abs(step) >= 1 ? value.ToString("0", CultureInfo.InvariantCulture) : value.ToString("0.###", CultureInfo.InvariantCulture)) + (Unit == "%" ? " %" : "");

    private static string Escape(string text) => SecurityElement.Escape(InertText.Of(text)) ?? "";
}
