using System.Globalization;
using System.Xml.Linq;
using ChatOps.Rendering;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Tests.Rendering;

/// <summary>Charts: always a well-formed picture whose labels and lines stay inside, whatever was measured and whatever it is called.</summary>
public sealed class LineChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_week_of_a_disk_has_its_title_its_last_value_days_below_and_round_numbers_beside()
    {
        var chart = new LineChart("disk-root on web-1", "%", [.. Enumerable.Range(0, 7 * 24).Select(i => (Start.AddHours(i), 70 + (i * 20.0 / 168)))]);

        var texts = Texts(chart.ToSvg(standalone: true));

        Assert.Equal("disk-root on web-1", texts[0]);
        Assert.Contains("03-02", texts);
        Assert.Contains("70 %", texts);
        Assert.Contains("90 %", texts);
        Assert.Contains("89.88 %", texts);
        Assert.Contains("prefers-color-scheme", chart.ToSvg(standalone: true), StringComparison.Ordinal);
        Assert.DoesNotContain("<style", chart.ToSvg(standalone: false), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nobody_looked_there_is_no_line()
    {
        var points = Enumerable.Range(0, 24).Where(i => i is < 8 or > 16).Select(i => (Start.AddHours(i), (double)i)).ToList();

        var path = (string)XDocument.Parse(new LineChart("a", "", points).ToSvg(false)).Descendants(Svg + "path").Single().Attribute("d")!;

        Assert.Equal(2, path.Count(c => c == 'M'));
    }

    [Fact]
    public void A_name_from_outside_stays_text()
    {
        var svg = new LineChart("<script>alert(1)</script> & \"x\" \u202e", "<b>", [(Start, 1), (Start.AddHours(1), 2)]).ToSvg(true);

        Assert.Empty(XDocument.Parse(svg).Descendants().Where(e => e.Name.LocalName is "script" or "b"));
        Assert.DoesNotContain('\u202e', svg);
    }

    [Fact]
    public void Any_values_make_a_picture_that_stays_inside_its_frame()
    {
        var value = Gen.OneOf(Gen.Choose(-1000, 1000).Select(i => (double)i), Gen.Choose(0, 1000).Select(i => i / 1e6), Gen.Elements(0, double.NaN, double.PositiveInfinity, 1e12, -1e12, 42));
        Prop.ForAll(Gen.ListOf(value).ToArbitrary(), values =>
        {
            var points = values.Select((v, i) => (Start.AddMinutes(i * 7), v)).ToList();
            var document = XDocument.Parse(new LineChart("x", "ms", points).ToSvg(true));
            foreach (var text in document.Descendants(Svg + "text"))
            {
                Assert.InRange(Number(text, "x"), 0, LineChart.Width);
                Assert.InRange(Number(text, "y"), 0, LineChart.Height);
            }

            foreach (var circle in document.Descendants(Svg + "circle"))
            {
                Assert.InRange(Number(circle, "cx"), 0, LineChart.Width);
                Assert.InRange(Number(circle, "cy"), 0, LineChart.Height);
            }

            Assert.InRange(document.Descendants(Svg + "line").Count(), 0, 12);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static double Number(XElement element, string name) => double.Parse((string)element.Attribute(name)!, CultureInfo.InvariantCulture);

    private static List<string> Texts(string svg) => [.. XDocument.Parse(svg).Descendants(Svg + "text").Select(t => t.Value)];
}
