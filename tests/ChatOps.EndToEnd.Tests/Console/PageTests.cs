using System.Globalization;
using ChatOps.EndToEnd.Harness;
using Microsoft.Playwright;

namespace ChatOps.EndToEnd.Console;

/// <summary>Each page at a phone's and a desktop's width, light and dark: it never scrolls sideways; the pictures are in artifacts/screenshots.</summary>
public sealed class PageTests(PageFixture console) : IClassFixture<PageFixture>
{
    private static readonly string Pictures = Path.Combine(ChatOpsExecutable.Root, "artifacts", "screenshots");
    private static readonly string Published = Path.Combine(ChatOpsExecutable.Root, "docs", "images");
    private static readonly string[] Shown =
    [
        .. new[] { "chat", "approvals", "nodes", "checks", "check", "incidents", "incident", "schedules", "audit", "access", "status" }.SelectMany(page => new[] { $"{page}-1440-light", $"{page}-390-light" }), "chat-390-dark",
    ];
    private const int MaxPublishedBytes = 200 * 1024;

    // The frame clips what is too wide, and then the window itself says nothing of it: each part is asked. Code and tabs scroll by themselves, and what is cut ends with an ellipsis.
    private const string Wider = """
        () => [...document.querySelectorAll('html, body, body *')]
          .filter(e => e.scrollWidth > e.clientWidth && e.clientWidth > 0 && getComputedStyle(e).overflowX !== 'visible' && getComputedStyle(e).textOverflow !== 'ellipsis' && !e.matches('pre, .tabs, .sr'))
          .map(e => `${e.tagName} ${e.className}: ${e.scrollWidth} px in ${e.clientWidth}`).join('; ')
        """;

    // Set by hand when the documentation's pictures should follow the console.
    private static readonly bool Update = Environment.GetEnvironmentVariable("CHATOPS_UPDATE_IMAGES") == "1";

    [Theory]
    [InlineData("chat", 390)]
    [InlineData("chat", 1440)]
    [InlineData("chat-new", 390)]
    [InlineData("chat-new", 1440)]
    [InlineData("approvals", 390)]
    [InlineData("approvals", 1440)]
    [InlineData("approval", 390)]
    [InlineData("approval", 1440)]
    [InlineData("nodes", 390)]
    [InlineData("nodes", 1440)]
    [InlineData("job", 390)]
    [InlineData("job", 1440)]
    [InlineData("node", 390)]
    [InlineData("node", 1440)]
    [InlineData("checks", 390)]
    [InlineData("checks", 1440)]
    [InlineData("check", 390)]
    [InlineData("check", 1440)]
    [InlineData("incidents", 390)]
    [InlineData("incidents", 1440)]
    [InlineData("incident", 390)]
    [InlineData("incident", 1440)]
    [InlineData("schedules", 390)]
    [InlineData("schedules", 1440)]
    [InlineData("schedule", 390)]
    [InlineData("schedule", 1440)]
    [InlineData("audit", 390)]
    [InlineData("audit", 1440)]
    [InlineData("record", 390)]
    [InlineData("record", 1440)]
    [InlineData("access", 390)]
    [InlineData("access", 1440)]
    [InlineData("status", 390)]
    [InlineData("status", 1440)]
    [InlineData("dead-letters", 390)]
    [InlineData("dead-letters", 1440)]
    [InlineData("dead-letter", 390)]
    [InlineData("dead-letter", 1440)]
    public async Task A_page_fits_its_width_in_light_and_in_dark(string name, int width)
    {
        var page = await console.PageAsync(width);
        await page.GotoAsync(console.Address(name));
        await page.Locator("main").WaitForAsync();
        foreach (var colours in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = colours });
            await page.WaitForFunctionAsync("() => document.body.dataset.net === 'up'");
            await page.EvaluateAsync("() => document.fonts.ready");
            await TakeAsync(page, string.Create(CultureInfo.InvariantCulture, $"{name}-{width}-{colours.ToString().ToLowerInvariant()}"));
            Assert.Equal("", await page.EvaluateAsync<string>(Wider));
        }

        await page.CloseAsync();
    }

    private static async Task TakeAsync(IPage page, string name)
    {
        Directory.CreateDirectory(Pictures);
        var picture = await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, name + ".png"), Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
        if (!Update || !Shown.Contains(name)) return;
        Directory.CreateDirectory(Published);
        Assert.True(picture.Length < MaxPublishedBytes, $"{name} has {picture.Length} bytes.");
        await File.WriteAllBytesAsync(Path.Combine(Published, name + ".png"), picture);
    }
}
