using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatOps.Testing.Skills;

/// <summary>Serves git repositories of a directory over HTTP on loopback, by git's own upload-pack.</summary>
public sealed class GitServer : IAsyncDisposable
{
    private const string Service = "git-upload-pack";
    private readonly string root;
    private readonly WebApplication app;

    private GitServer(string root)
    {
        this.root = root;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapGet("/{repository}/info/refs", AdvertiseAsync);
        app.MapPost("/{repository}/" + Service, PackAsync);
    }

    /// <summary>Its address.</summary>
    public string Url => app.Urls.First();

    /// <summary>Starts it.</summary>
    public static async Task<GitServer> StartAsync(string root)
    {
        var server = new GitServer(root);
        await server.app.StartAsync();
        return server;
    }

    /// <summary>Runs git in a directory; it must succeed.</summary>
    public static async Task GitAsync(string directory, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", directory, "-c", "user.name=A", "-c", "user.email=a@example.com", .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = await git.StandardError.ReadToEndAsync();
        await git.WaitForExitAsync();
        if (git.ExitCode != 0) throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {said}");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AdvertiseAsync(HttpContext context, string repository)
    {
        if (context.Request.Query["service"] != Service || !Directory.Exists(Path.Combine(root, repository)))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = $"application/x-{Service}-advertisement";
        await context.Response.Body.WriteAsync(Encoding.ASCII.GetBytes($"001e# service={Service}\n0000"));
        await PipeAsync(context, ["--advertise-refs", Path.Combine(root, repository)], Stream.Null);
    }

    private async Task PackAsync(HttpContext context, string repository)
    {
        context.Response.ContentType = $"application/x-{Service}-result";
        await using Stream asked = context.Request.Headers.ContentEncoding == "gzip" ? new System.IO.Compression.GZipStream(context.Request.Body, System.IO.Compression.CompressionMode.Decompress) : context.Request.Body;
        await PipeAsync(context, [Path.Combine(root, repository)], asked);
    }

    private static async Task PipeAsync(HttpContext context, IEnumerable<string> arguments, Stream input)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["upload-pack", "--stateless-rpc", .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var answered = git.StandardOutput.BaseStream.CopyToAsync(context.Response.Body);
        await input.CopyToAsync(git.StandardInput.BaseStream);
        git.StandardInput.Close();
        await answered;
        await git.WaitForExitAsync();
    }
}
