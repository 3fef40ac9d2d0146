using ChatOps.Console.Http;
using ChatOps.Storage;
using ChatOps.Tools;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Console.Files;

/// <summary>Downloads of whole outputs: for whoever asked for the command, and for those who may read the record.</summary>
internal sealed class FilesArea(IStore store, IOutputFiles files, NoticePages notices, Permits permits) : IConsoleArea
{
    private const int MaxNameLength = 80;
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
    private const string Gone = "There is no such file. Outputs are kept for a limited time; the record still says what ran.";

    public void Map(ConsoleRoutes routes) => routes.Get("/files/{id}", DownloadAsync);

    private async Task<IResult> DownloadAsync(ConsoleRequest request)
    {
        // A file is named by its invocation; a command on several nodes adds the node after a dot.
        var id = request.Route("id");
        var invocation = await store.ReadAsync(s => s.Invocations.Find(id.Split('.', 2)[0]), request.Aborted);
        if (invocation is null) return await notices.NotFoundAsync(request.Http, Gone);
        var person = request.Who.Principal;
        if (invocation.Principal != person.Id && permits.WhyNot(person, "audit_show") is { } reason) return await notices.NotAllowedAsync(request.Http, reason);
        if (!invocation.Targets.Any(node => id == $"{invocation.Id}.{node}") && id != invocation.Id) return await notices.NotFoundAsync(request.Http, Gone);
        if (request.Query("show") == "picture" && files.Open(id) is { } shown) return await PictureAsync(request, shown);
        return files.Open(id) is { } content
            ? Results.Stream(content, "text/plain; charset=utf-8", NameOf(request.Query("name"), id))
            : await notices.NotFoundAsync(request.Http, Gone);
    }

    // Shown only when it is what it is called: other bytes never reach a page with a type that a browser would open.
    private async Task<IResult> PictureAsync(ConsoleRequest request, Stream content)
    {
        var head = new byte[Png.Length];
        var read = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, request.Aborted);
        if (read == head.Length && head.AsSpan().SequenceEqual(Png))
        {
            content.Position = 0;
            return Results.Stream(content, "image/png");
        }

        await content.DisposeAsync();
        return await notices.NotFoundAsync(request.Http, "This file is no picture.");
    }

    private static string NameOf(string? asked, string id)
    {
        var name = new string((asked ?? "").Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_').ToArray()).Trim('.');
        return name.Length is > 0 and <= MaxNameLength ? name : $"output-{id}.txt";
    }
}
