namespace ChatOps.Console.Http;

/// <summary>A part of the console with its own addresses.</summary>
internal interface IConsoleArea
{
    void Map(ConsoleRoutes routes);
}
