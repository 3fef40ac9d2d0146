using ChatOps.EndToEnd.Harness;
using Microsoft.Playwright;

namespace ChatOps.EndToEnd.Browser;

/// <summary>Photographs every page at both widths in both themes, and holds what a picture cannot hide: nothing overflows, nothing is refused, each page is quick to ask for.</summary>
public sealed class ScreenshotTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    private static readonly (string Name, string Path)[] Pages =
    [
        ("chat", "/"), ("approvals", "/approvals"), ("nodes", "/nodes"), ("node", "/nodes/local"), ("audit", "/audit"), ("access", "/access"), ("status", "/status"),
    ];

    /// <summary>The pictures that the documentation shows; written there when CHATOPS_UPDATE_IMAGES is 1.</summary>
    private static readonly string[] Shown = ["chat-1440-light", "chat-390-dark", "approvals-1440-light", "audit-1440-light", "status-390-light"];

    [Fact]
    public async Task Every_page_is_right_at_both_widths_in_both_themes()
    {
        using var folder = new TempFolder();
        await using var gateway = await GatewayProcess.StartAsync(folder.Data);
        var setUp = await ConsolePage.SignInAsync(chromium.Browser, gateway);
        await setUp.SayAsync("/run uptime --on local");
        await setUp.Page.GetByText("load average").WaitForAsync();
        await setUp.SayAsync("/run systemctl restart cron --on local");
        await setUp.Page.GetByRole(AriaRole.Button, new() { Name = "Run on local" }).First.WaitForAsync();
        var chat = new Uri(setUp.Page.Url).AbsolutePath;

        var pictures = Path.Combine(ChatOpsExecutable.Root, "artifacts", "screenshots");
        Directory.CreateDirectory(pictures);
        foreach (var (width, height) in ((int, int)[])[(1440, 900), (390, 844)])
        {
            foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                var console = await ConsolePage.SignInAsync(chromium.Browser, gateway, width, height, scheme);
                foreach (var (name, path) in Pages)
                {
                    await console.OpenAsync(name == "chat" ? chat : path);
                    await console.Page.WaitForLoadStateAsync(LoadState.Load);
                    var file = $"{name}-{width}-{scheme.ToString().ToLowerInvariant()}";
                    await console.Page.ScreenshotAsync(new() { Path = Path.Combine(pictures, file + ".png") });
                    var overflow = await console.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth");
                    Assert.True(overflow <= 0, $"{file} is {overflow} px too wide");
                    if (Environment.GetEnvironmentVariable("CHATOPS_UPDATE_IMAGES") == "1" && Shown.Contains(file))
                        File.Copy(Path.Combine(pictures, file + ".png"), Path.Combine(ChatOpsExecutable.Root, "docs", "images", file + ".png"), overwrite: true);
                }

                Assert.Empty(console.Errors);
            }
        }
    }
}
