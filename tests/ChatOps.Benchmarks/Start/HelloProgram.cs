namespace ChatOps.Benchmarks.Start;

/// <summary>The smallest ASP.NET Core program that takes the same request as the gateway, built with the same settings. It checks, stores and does nothing.</summary>
internal static class HelloProgram
{
    /// <summary>Its files. The two empty ones keep the repository's own build rules away from it.</summary>
    public static IReadOnlyDictionary<string, string> Files { get; } = new Dictionary<string, string>
    {
        ["Directory.Build.props"] = "<Project />",
        ["Directory.Packages.props"] = "<Project />",
        ["hello.csproj"] =
            """
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
                <ServerGarbageCollection>false</ServerGarbageCollection>
                <ConcurrentGarbageCollection>false</ConcurrentGarbageCollection>
                <TieredPGO>false</TieredPGO>
              </PropertyGroup>
            </Project>
            """,
        ["Program.cs"] =
            """
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            app.MapPost("/api/chat/messages", async (HttpContext context) =>
            {
                using var reader = new StreamReader(context.Request.Body);
                var length = (await reader.ReadToEndAsync()).Length;
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync($"{{\"message\":\"{length}\"}}");
            });
            await app.StartAsync();
            Console.WriteLine($"hello is ready at {app.Urls.First()}");
            await app.WaitForShutdownAsync();
            """,
    };
}
