using ChatOps.EndToEnd.Harness;
using Microsoft.Playwright;

namespace ChatOps.EndToEnd.Console;

/// <summary>A fresh gateway and a browser whose person opened the printed link.</summary>
public sealed class ConsoleFixture : IAsyncLifetime
{
    internal TempFolder Folder { get; } = new();

    internal GatewayProcess Gateway { get; private set; } = null!;

    internal Browser Browser { get; private set; } = null!;

    /// <summary>The owner's signed-in profile.</summary>
    internal IBrowserContext Owner { get; private set; } = null!;

    /// <summary>Where the owner's browser was after it followed the link.</summary>
    internal string FirstAddress { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        // A workspace of its own: what the pages show of paths is then nobody's working tree.
        var workspace = Directory.CreateDirectory(Folder.In("workspace")).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(ChatOpsExecutable.Root, "workspace"), "*.yaml")) File.Copy(file, Path.Combine(workspace, Path.GetFileName(file)));
        Gateway = await GatewayProcess.StartAsync(Folder.Data, workspace);
        Browser = await Browser.StartAsync();
        Owner = await Browser.ProfileAsync();
        var page = await Owner.NewPageAsync();
        await page.GotoAsync(Gateway.SignInLink);
        FirstAddress = page.Url;
        await page.CloseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        await Gateway.DisposeAsync();
        Folder.Dispose();
    }

    /// <summary>A new conversation of the owner's.</summary>
    internal async Task<Conversation> TalkAsync()
    {
        var page = await Owner.NewPageAsync();
        await page.GotoAsync(new Uri(Gateway.Address, "/chat/new").ToString());
        return new Conversation(page);
    }
}
