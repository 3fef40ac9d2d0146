using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatOps.EndToEnd.CommandLine;
using ChatOps.EndToEnd.Harness;
using ChatOps.Testing.Servers;

namespace ChatOps.EndToEnd.Agent;

/// <summary>Shipped skills against the real programs, for those that a test machine can have: git, nginx, PostgreSQL, Prometheus and Linux itself.</summary>
public sealed partial class SkillTests(RunningGatewayFixture running) : IClassFixture<RunningGatewayFixture>
{
    // They need a network, a journal or a log of logins.
    private static readonly string[] NotEverywhere = ["getent hosts", "journalctl", "last ", "dmesg"];

    [Fact]
    public async Task Linux_admin_looks_at_this_machine()
    {
        using var work = new SkillWork(running.Gateway, "linux-admin");
        foreach (var line in work.Lines("Look").Where(l => !NotEverywhere.Any(n => l.StartsWith(n, StringComparison.Ordinal)))) await work.RunAsync(line);
        var evidence = await work.RunAsync($"sh {work.Folder}/scripts/evidence.sh");

        foreach (var section in (string[])["== machine", "== memory", "MemAvailable", "== disks", "== most CPU"]) Assert.Contains(section, evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Git_ops_looks_at_a_checkout_and_changes_it()
    {
        using var work = new SkillWork(running.Gateway, "git-ops");
        var (repository, remote) = (running.Folder.In("checkout"), running.Folder.In("remote.git"));
        var script = $"""
            set -e; export GIT_CONFIG_GLOBAL=/dev/null; git init -q --bare -b main {remote}; git init -q -b main {repository}; cd {repository}; git config user.email a@example.com; git config user.name A; git remote add origin {remote}
            seq 150 > app.txt; git add .; git commit -q -m one; git tag v1.4; echo text >> app.txt; git commit -q -am two; git tag v1.5; echo more >> app.txt; git commit -q -am three; git push -q -u origin main
            """;
        await work.RunAsync($"sh -c '{script.ReplaceLineEndings("; ")}'");
        string Here(string line) => line.Replace("DIR", repository, StringComparison.Ordinal).Replace("REMOTE BRANCH", $"{remote} main", StringComparison.Ordinal)
            .Replace("FILE", "app.txt", StringComparison.Ordinal).Replace("PATH", "app.txt", StringComparison.Ordinal).Replace("TAG", "v1.4", StringComparison.Ordinal).Replace("ID", "HEAD", StringComparison.Ordinal);

        // A bisection is for a clone of its own, with a test of its own.
        foreach (var line in work.Lines("Look").Where(l => !l.Contains("bisect", StringComparison.Ordinal))) await work.RunAsync(Here(line));
        await File.WriteAllTextAsync(Path.Combine(repository, "by-hand"), "x");
        await File.WriteAllTextAsync(Path.Combine(repository, ".git", "index.lock"), "");
        foreach (var line in ((string[])["rm ", "stash push", "stash pop", "revert", "pull", "switch --detach TAG"]).Select(s => work.Lines("Change").First(l => l.Contains(s, StringComparison.Ordinal)))) await work.RunAsync(Here(line));

        Assert.Contains("v1.4", await work.RunAsync(Here("git -C DIR describe --tags")), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(repository, "by-hand")));
    }

    [Fact]
    public async Task Nginx_is_looked_at_while_it_serves_and_fails()
    {
        using var work = new SkillWork(running.Gateway, "nginx");
        var (folder, port, tls, dead) = (running.Folder.In("nginx"), Testing.LoopbackPort.Free(), Testing.LoopbackPort.Free(), Testing.LoopbackPort.Free());
        Directory.CreateDirectory(folder);
        await work.RunAsync($"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 9 -subj /CN=shop.example -keyout {folder}/key.pem -out {folder}/cert.pem");
        await File.WriteAllTextAsync($"{folder}/nginx.conf", $$"""
            daemon off; worker_processes 1; pid {{folder}}/pid; error_log {{folder}}/error.log;
            events { worker_connections 64; }
            http {
              access_log {{folder}}/access.log combined;
              client_body_temp_path {{folder}}/body; proxy_temp_path {{folder}}/proxy; fastcgi_temp_path {{folder}}/fastcgi; uwsgi_temp_path {{folder}}/uwsgi; scgi_temp_path {{folder}}/scgi;
              server {
                listen 127.0.0.1:{{port}}; listen 127.0.0.1:{{tls}} ssl; server_name shop.example; ssl_certificate {{folder}}/cert.pem; ssl_certificate_key {{folder}}/key.pem;
                location / { return 200 "ok"; }
                location /down { proxy_pass http://127.0.0.1:{{dead}}; }
              }
            }
            """);
        var nginx = new[] { "/usr/sbin/nginx", "/usr/bin/nginx" }.First(File.Exists);
        work.Start(nginx, "-c", $"{folder}/nginx.conf");
        string Here(string line) => line.Replace("/var/log/nginx", folder, StringComparison.Ordinal).Replace("= :80 or sport = :443", $"= :{port} or sport = :{tls}", StringComparison.Ordinal)
            .Replace("HOST:443", $"127.0.0.1:{tls}", StringComparison.Ordinal).Replace("NAME", "shop.example", StringComparison.Ordinal).Replace("http://127.0.0.1/", $"http://127.0.0.1:{port}/", StringComparison.Ordinal)
            .Replace("nginx -t", $"{nginx} -t -c {folder}/nginx.conf", StringComparison.Ordinal).Replace("nginx -T", $"{nginx} -T -c {folder}/nginx.conf", StringComparison.Ordinal).Replace("site.conf", $"{folder}/nginx.conf", StringComparison.Ordinal);
        using var http = new HttpClient();
        await Until.TrueAsync(async () => await AnswersAsync(http, $"http://127.0.0.1:{port}/down"), () => "nginx serves");

        foreach (var line in work.Lines("Look", "Change", "Certificates").Distinct().Where(l => !l.StartsWith("ls ", StringComparison.Ordinal))) await work.RunAsync(Here(line));
        string Line(string begins) => Here(work.Lines().First(l => l.StartsWith(begins, StringComparison.Ordinal)));
        Assert.Contains("200 ", await work.RunAsync(Line("curl -sS -o")), StringComparison.Ordinal);
        Assert.Contains("nginx", await work.RunAsync(Line("ss -ltnp")), StringComparison.Ordinal);
        Assert.Contains("502", await work.RunAsync(Line("awk ")), StringComparison.Ordinal);
        Assert.Contains("shop.example", await work.RunAsync(Line("openssl s_client")), StringComparison.Ordinal);
        Assert.Contains("ssl_certificate", await work.RunAsync(Line("nginx -T | grep")), StringComparison.Ordinal);
        Assert.Contains("Connection refused", (await running.Gateway.CallAsync("logs", new { file = $"{folder}/error.log", lines = 60, on = "local" }))["result"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(folder, "nginx.conf.bak-*"));
    }

    [Fact]
    public async Task Postgres_answers_every_question_of_the_skill()
    {
        using var work = new SkillWork(running.Gateway, "postgres");
        using var cluster = PostgreSqlCluster.Start(sync: false);
        Assert.NotNull(cluster);
        var host = cluster.ConnectionTo("postgres").Split(';')[0].Split('=')[1];
        var questions = Sql().Matches(await File.ReadAllTextAsync($"{work.Folder}/SKILL.md")).Select(m => m.Groups[1].Value).Where(q => !q.Contains("PID", StringComparison.Ordinal) && !q.Contains('…', StringComparison.Ordinal)).Distinct().ToList();

        Assert.True(questions.Count >= 10, string.Join('\n', questions));
        // An extension that must be loaded at the server's start.
        foreach (var question in questions.Where(q => !q.Contains("pg_stat_statements", StringComparison.Ordinal))) await work.RunAsync($"psql -h {host} -U chatops -d postgres -XAt -F' | ' -c \"{question}\"");
        var evidence = await work.RunAsync($"psql -h {host} -U chatops -d postgres -X -v ON_ERROR_STOP=1 -f {work.Folder}/scripts/evidence.sql");
        foreach (var section in (string[])["== server", "== connections", "== sizes", "== archiving"]) Assert.Contains(section, evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prometheus_answers_and_every_query_of_the_skill_is_one()
    {
        using var work = new SkillWork(running.Gateway, "prometheus");
        var (folder, port) = (running.Folder.In("prometheus"), Testing.LoopbackPort.Free());
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync($"{folder}/rules.yml", "groups: [{ name: all, interval: 1s, rules: [{ alert: Watchdog, expr: vector(1), annotations: { summary: It looks. } }] }]\n");
        await File.WriteAllTextAsync($"{folder}/prometheus.yml", $"global: {{ scrape_interval: 1s }}\nrule_files: [rules.yml]\nscrape_configs: [{{ job_name: self, static_configs: [{{ targets: ['127.0.0.1:{port}', '127.0.0.1:1'] }}] }}]\n");
        work.Start("prometheus", $"--config.file={folder}/prometheus.yml", $"--storage.tsdb.path={folder}/data", $"--web.listen-address=127.0.0.1:{port}");
        using var http = new HttpClient();
        await Until.TrueAsync(async () => await ContainsAsync(http, $"http://127.0.0.1:{port}/api/v1/alerts", "firing") && await ContainsAsync(http, $"http://127.0.0.1:{port}/api/v1/query?query=up", "\"1\""), () => "Prometheus scrapes and fires");

        var text = await File.ReadAllTextAsync($"{work.Folder}/SKILL.md");
        var api = $"http://127.0.0.1:{port}/api/v1";
        var query = Span().Matches(text).Select(m => m.Groups[1].Value).First(l => l.StartsWith("curl -sS -G", StringComparison.Ordinal)).Replace("localhost:9090", $"127.0.0.1:{port}", StringComparison.Ordinal);
        Assert.Contains("self", await work.RunAsync(query.Replace("query=…", "query=up", StringComparison.Ordinal)), StringComparison.Ordinal);
        foreach (var (begins, says) in ((string, string)[])[("…/alerts | jq", "Watchdog"), ("…/rules?type=alert | jq", "vector(1)"), ("…/targets?state=active | jq", "refused")])
        {
            var (path, filter) = Span().Matches(text).Select(m => m.Groups[1].Value.Split(" | jq ", 2)).Where(p => p.Length == 2).Select(p => (p[0], p[1])).First(p => $"{p.Item1} | jq".StartsWith(begins, StringComparison.Ordinal));
            Assert.Contains(says, await work.RunAsync($"curl -sS '{path.Replace("…", api, StringComparison.Ordinal)}' | jq {filter.Replace("NAME", "Watchdog", StringComparison.Ordinal)}"), StringComparison.Ordinal);
        }

        foreach (var line in work.Lines("Change").Where(l => l.StartsWith("promtool", StringComparison.Ordinal) && l.Contains("FILE", StringComparison.Ordinal)))
            await work.RunAsync(line.Replace("config FILE", $"config {folder}/prometheus.yml", StringComparison.Ordinal).Replace("rules FILE", $"rules {folder}/rules.yml", StringComparison.Ordinal));
        var queries = File.ReadLines($"{work.Folder}/references/queries.md").Where(l => l.StartsWith('|')).SelectMany(l => Span().Matches(l).Select(m => m.Groups[1].Value.Replace("\\|", "|", StringComparison.Ordinal))).ToList();
        Assert.True(queries.Count >= 15);
        foreach (var promql in queries) Assert.Equal("success", (string?)JsonNode.Parse(await http.GetStringAsync($"{api}/query?query={Uri.EscapeDataString(promql)}"))!["status"]);
    }

    private static async Task<bool> AnswersAsync(HttpClient http, string address)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(address));
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<bool> ContainsAsync(HttpClient http, string address, string text)
    {
        try
        {
            return (await http.GetStringAsync(new Uri(address))).Contains(text, StringComparison.Ordinal);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    [GeneratedRegex("`((?:select|show) [^`]+)`", RegexOptions.CultureInvariant)]
    private static partial Regex Sql();

    [GeneratedRegex("`([^`]+)`", RegexOptions.CultureInvariant)]
    private static partial Regex Span();
}
