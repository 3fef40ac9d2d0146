using Microsoft.Playwright;

namespace ChatOps.EndToEnd.Console;

/// <summary>A gateway with something on every page: a read, a decided change, a long output, requests that wait, people, messages that were given up.</summary>
public sealed class PageFixture : IAsyncLifetime
{
    private readonly ConsoleFixture console = new();
    private readonly Dictionary<string, string> addresses = [];

    public async ValueTask InitializeAsync()
    {
        await console.InitializeAsync();
        foreach (var (person, role) in new[] { ("ana", "operator"), ("ben", "viewer") })
            await console.Gateway.CallAsync("access_grant", new { person, role });
        foreach (var waiting in (await console.Gateway.CallAsync("approvals_list", new { state = "pending" }))["result"]!.AsArray())
            await console.Gateway.CallAsync("approvals_approve", new { id = (string)waiting!["id"]! });

        var chat = await console.TalkAsync();
        await chat.AskAsync("/run journalctl --version | head -n 1 --on local", "local");
        await chat.AskAsync("/run seq 1 400 --on local", "400");
        var card = await chat.AskForCardAsync("/run mkdir -p /tmp/chatops-demo/releases --on local");
        await card.Locator("[data-key=a]").ClickAsync();
        await card.GetByText("succeeded").First.WaitForAsync();
        await chat.AskAsync("/run uptime --on local", "load average");
        await chat.AskForCardAsync("/run systemctl restart cron --on local");
        addresses["chat"] = chat.Page.Url;
        await chat.Page.CloseAsync();

        foreach (var command in (string[])["rm -r /tmp/chatops-demo/releases", "apt-get install -y htop"])
            await console.Gateway.CallAsync("run", new { command_line = command, on = "local" });
        var pending = await console.Gateway.CallAsync("approvals_list", new { state = "pending" });
        addresses["approval"] = Address("/approvals/" + (string)pending["result"]![0]!["id"]!);
        var records = await console.Gateway.CallAsync("audit_list", new { tool = "run", outcome = "done", limit = 1 });
        addresses["record"] = Address("/audit/" + (string)records["result"]![0]!["id"]!);
        addresses["job"] = Address("/jobs/" + (string)(await console.Gateway.CallAsync("run", new { command_line = "uptime; nproc; no-such-program", on = "local" }))["invocation"]!);
        Directory.CreateDirectory(console.Folder.In("workspace/checks"));
        await File.WriteAllTextAsync(console.Folder.In("workspace/checks/machines.yaml"), """
            checks:
              - { name: disk-root, kind: disk, on: all, interval: 5s, description: "The root file system of every machine", sets: [machines] }
              - { name: memory, kind: memory, on: all, interval: 5s }
              - { name: no-such-service, kind: process, process: no-such-program, on: all, severity: warning, retries: 0 }
              - { name: database-files, kind: command, on: local, run: "ls /var/lib/no-such-database", interval: 5s, retries: 0 }
            """);
        await console.Gateway.CallAsync("check_run", new { name = "all" });
        await console.Gateway.CallAsync("check_run", new { name = "all" });
        string? incident = null;
        await ChatOps.EndToEnd.Harness.Until.TrueAsync(
            async () => (incident = (string?)(await console.Gateway.CallAsync("incident_list", new { }))["result"]!.AsArray().FirstOrDefault(i => (string)i!["check"]! == "database-files")?["id"]) is not null, () => console.Gateway.Log);
        addresses["incident"] = Address("/incidents/" + incident);
        await console.Gateway.CallAsync("incident_note", new { id = incident, text = "The machine was set up anew this morning." });
        await console.Gateway.CallAsync("schedule_add", new { when = "0 9 * * 1-5", work = "/fleet status", to = "web", name = "office", tz = "Europe/Berlin" });
        await console.Gateway.CallAsync("schedule_add", new { every = "6h", checks = "all", to = "web", name = "looks" });
        await console.Gateway.CallAsync("schedule_run", new { name = "looks" });
        await ChatOps.EndToEnd.Harness.Until.TrueAsync(
            async () => (await console.Gateway.CallAsync("schedule_history", new { name = "looks" }))["result"]!.AsArray().Any(r => (string)r!["state"]! == "quiet"), () => console.Gateway.Log);
        GivenUp.Put(console.Folder.Data);
        foreach (var (name, path) in new[] { ("chat-new", "/chat/new"), ("approvals", "/approvals"), ("nodes", "/nodes"), ("node", "/nodes/local"), ("checks", "/checks"), ("check", "/checks/disk-root"), ("incidents", "/incidents"), ("schedules", "/schedules"), ("schedule", "/schedules/looks"), ("audit", "/audit"), ("access", "/access"), ("status", "/status"), ("dead-letters", "/dlq"), ("dead-letter", "/dlq/" + GivenUp.LongestId) })
            addresses[name] = Address(path);
    }

    public ValueTask DisposeAsync() => console.DisposeAsync();

    /// <summary>A page's address; a path's, when it begins with a slash.</summary>
    internal string Address(string name) => name[0] == '/' ? new Uri(console.Gateway.Address, name).ToString() : addresses[name];

    /// <summary>A page in a window of that width.</summary>
    internal async Task<IPage> PageAsync(int width)
    {
        var page = await console.Owner.NewPageAsync();
        await page.SetViewportSizeAsync(width, width < 600 ? 844 : 900);
        return page;
    }
}
