using ChatOps.EndToEnd.Harness;
using Microsoft.Playwright;

namespace ChatOps.EndToEnd.Pages;

/// <summary>A signed-in person at the console.</summary>
internal sealed class ConsolePage(IPage page, GatewayProcess gateway, List<string> errors)
{
    public IPage Page => page;

    /// <summary>What the browser complained about: script errors, refused resources.</summary>
    public IReadOnlyList<string> Errors => errors;

    public ILocator Input => page.Locator("textarea").First;

    public static async Task<ConsolePage> SignInAsync(IBrowser browser, GatewayProcess gateway, int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        var page = await context.NewPageAsync();
        var errors = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error") errors.Add(message.Text);
        };
        page.PageError += (_, error) => errors.Add(error);
        await page.GotoAsync(await LinkAsync(gateway));
        await page.WaitForURLAsync("**/chat/**");
        return new ConsolePage(page, gateway, errors);
    }

    /// <summary>Types a message and sends it.</summary>
    public async Task SayAsync(string text)
    {
        await Input.FillAsync(text);
        await page.Keyboard.PressAsync("Escape");
        await Input.PressAsync("Enter");
    }

    public Task OpenAsync(string path) => page.GotoAsync(new Uri(gateway.Address, path).ToString());

    // The first link is the one that the start printed; whoever comes later asks for one as a user would.
    private static async Task<string> LinkAsync(GatewayProcess gateway)
    {
        var answer = await gateway.CallAsync("access_link", new { });
        return new Uri(gateway.Address, (string)answer["secret"]!).ToString();
    }
}
